package io.github.lotaprestage.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Answer;
import io.github.lotaprestage.fixture.HttpServer;
import io.github.lotaprestage.fixture.MemoryOrigin;
import io.github.lotaprestage.fixture.Request;
import io.github.lotaprestage.fixture.Result;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// HTTPS with the packaged program: what it trusts, and what it does not.
@Timeout(120)
class TlsIT {

  private static final String PASSWORD = "changeit";

  private final MemoryOrigin origin =
      new MemoryOrigin().put("bucket", "k1", 7).put("bucket", "k2", 8);
  private final AtomicInteger heads = new AtomicInteger();
  private final AtomicInteger requests = new AtomicInteger();

  @TempDir private Path directory;

  private Answer answer(Request request) {
    requests.incrementAndGet();
    if (!request.method().equals("HEAD")) {
      return origin.send("GET", "bucket", "", request.query());
    }
    return heads.incrementAndGet() == 1
        ? Answer.fate(Answer.Fate.STALLED)
        : Answer.empty(206)
            .with("Content-Range", "bytes 0-0/7")
            .with("ETag", "\"e\"")
            .with("x-amz-request-id", "tx1");
  }

  /// A key and a certificate that only says what it says itself.
  private Path certificate(String... names) throws Exception {
    Path store = directory.resolve("store-" + names[0]);
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=test",
                "-ext",
                "SAN=dns:" + String.join(",dns:", names),
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(keytool.waitFor()).as(said).isZero();
    return store;
  }

  private static ServerSocketFactory sockets(Path store) throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context.getServerSocketFactory();
  }

  private static Result stage(HttpServer store, String javaOptions) throws Exception {
    return Program.at("https://localhost:" + store.port())
        .javaOptions(javaOptions)
        .json("--attempt-timeout 1s s3://bucket/");
  }

  private static String trusting(Path store) {
    return "-Djavax.net.ssl.trustStore="
        + store
        + " -Djavax.net.ssl.trustStorePassword="
        + PASSWORD;
  }

  /// The first answer never comes, and is given up as without TLS.
  @Test
  void whatIsTrustedIsUsedForListsAndHeads() throws Exception {
    Path certificate = certificate("localhost", "bucket.localhost");
    try (HttpServer store = new HttpServer(this::answer, sockets(certificate))) {
      stage(store, trusting(certificate)).silent().exits(0).prestaged(2).summary("retries", 1);
    }
  }

  @Test
  void anUnknownCertificateIsRefused() throws Exception {
    Path certificate = certificate("localhost", "bucket.localhost");
    try (HttpServer store = new HttpServer(this::answer, sockets(certificate))) {
      assertRefused(stage(store, "-Dnothing=trusted"), "UntrustedCertificate");
    }
  }

  @Test
  void theCertificateOfAnotherHostIsRefused() throws Exception {
    Path certificate = certificate("localhost", "other.localhost");
    try (HttpServer store = new HttpServer(this::answer, sockets(certificate))) {
      assertRefused(stage(store, trusting(certificate)), "TlsError");
    }
  }

  private void assertRefused(Result result, String code) {
    result.exits(3).summary("error.code", code);
    assertThat(requests).hasValue(0);
  }
}
