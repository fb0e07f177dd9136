package io.github.lotaprestage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Answer;
import io.github.lotaprestage.fixture.Cli;
import io.github.lotaprestage.fixture.HttpServer;
import io.github.lotaprestage.fixture.MemoryOrigin;
import io.github.lotaprestage.fixture.Request;
import io.github.lotaprestage.fixture.Result;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// HTTPS to a store whose certificate only a PEM file vouches for.
@Timeout(120)
class CaBundleTest {

  private static final String PASSWORD = "changeit";

  @TempDir private Path directory;
  private final MemoryOrigin origin = new MemoryOrigin().put("bucket", "k", 7);

  @SuppressWarnings("NullAway.Init")
  private HttpServer store;

  @BeforeEach
  void start() throws Exception {
    keytool(
        "store",
        "-genkeypair",
        "-keyalg",
        "EC",
        "-dname",
        "CN=test",
        "-ext",
        "SAN=dns:localhost,dns:bucket.localhost");
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(directory.resolve("store"))) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    store = new HttpServer(this::answer, context.getServerSocketFactory());
  }

  @AfterEach
  void stop() {
    store.close();
  }

  private Answer answer(Request request) {
    return request.method().equals("HEAD")
        ? Answer.empty(206)
            .with("Content-Range", "bytes 0-0/7")
            .with("ETag", "\"e\"")
            .with("x-amz-request-id", "1")
        : origin.send("GET", "bucket", "", request.query());
  }

  private String keytool(String keystore, String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin/keytool").toString()));
    command.addAll(List.of(arguments));
    command.addAll(
        List.of("-keystore", directory.resolve(keystore).toString(), "-storepass", PASSWORD));
    Process process = new ProcessBuilder(command).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  private String pem(String keystore) throws Exception {
    return keytool(keystore, "-exportcert", "-rfc");
  }

  private Path file(String content) throws IOException {
    return Files.writeString(Files.createTempFile(directory, "bundle", ".pem"), content);
  }

  private Cli cli() {
    return Cli.at("https://localhost:" + store.port());
  }

  private static void assertStaged(Result result) {
    result.silent().exits(0);
  }

  @Test
  void theOptionTheVariableAndTheProfileNameIt() throws Exception {
    String bundle = file(pem("store")).toString();
    assertStaged(cli().run("--ca-bundle", bundle, "s3://bucket/"));
    assertStaged(cli().env("AWS_CA_BUNDLE", bundle + "\n").run("s3://bucket/"));
    Path config = file("[default]\nca_bundle = " + bundle + "\n");
    assertStaged(cli().env("AWS_CONFIG_FILE", config.toString()).run("s3://bucket/k"));
    assertStaged(
        cli().env("AWS_CA_BUNDLE", "/missing").run("--ca-bundle", bundle, "s3://bucket/k"));
  }

  @Test
  void aBundleMayHoldCommentsSeveralCertificatesAndWindowsLineEnds() throws Exception {
    keytool("other", "-genkeypair", "-keyalg", "EC", "-dname", "CN=other");
    String bundle = "# Our CAs\n=====\n" + pem("other") + "\nsubject=store\n" + pem("store");
    assertStaged(cli().run("--ca-bundle", file(bundle), "s3://bucket/k"));
    Path windows = file(bundle.replace("\r", "").replace("\n", "\r\n"));
    assertStaged(cli().run("--ca-bundle", windows, "s3://bucket/k"));
  }

  @Test
  void anUnknownAuthorityIsRefusedAndTheOptionAdvised() throws Exception {
    keytool("other", "-genkeypair", "-keyalg", "EC", "-dname", "CN=other");
    for (Cli cli : List.of(cli(), cli().env("AWS_CA_BUNDLE", file(pem("other")).toString()))) {
      cli.run("s3://bucket/").exits(3).errContains("--ca-bundle");
    }
  }

  @Test
  void aBundleThatCannotBeUsedIsNamed() throws Exception {
    String whole = pem("store");
    record Case(Path file, String problem) {}
    for (Case each :
        List.of(
            new Case(directory.resolve("missing"), "no such file"),
            new Case(directory, "it is a directory"),
            new Case(file(""), "it holds no PEM certificate"),
            new Case(file(whole.substring(0, 200)), "certificate 1 has no end"),
            new Case(file(whole.replace("MII", "***")), "certificate 1 is not valid"))) {
      String name = each.file().toString();
      cli()
          .run("--ca-bundle", name, "s3://bucket/k")
          .says("--ca-bundle " + name, each.problem())
          .exits(2);
      cli()
          .env("AWS_CA_BUNDLE", name)
          .run("s3://bucket/k")
          .says("AWS_CA_BUNDLE " + name, each.problem())
          .exits(3);
    }
  }

  /// Images set the variable for other programs.
  @Test
  void withoutHttpsTheVariableDoesNotMatter() {
    Cli.at("http://localhost:1")
        .env("AWS_CA_BUNDLE", "/missing")
        .run("--max-attempts 2 s3://bucket/k")
        .err(err -> err.doesNotContain("AWS_CA_BUNDLE"));
  }
}
