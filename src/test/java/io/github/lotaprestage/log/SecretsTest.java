package io.github.lotaprestage.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Answer;
import io.github.lotaprestage.fixture.Cli;
import io.github.lotaprestage.fixture.HttpServer;
import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.MemoryOrigin;
import io.github.lotaprestage.fixture.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// No secret in any output, log, stack trace or file, whatever goes wrong and at any log level.
class SecretsTest {

  private static final String SECRET = "wJalrXUtnFEMI-K7MDENG-bPxRfiCYSECRETKEY";
  private static final String TOKEN = "IQoJb3JpZ2luX2VjEMySESSIONTOKEN";

  @TempDir private Path directory;
  private final MemoryOrigin origin = new MemoryOrigin().bucket("bucket").put("bucket", "k", 1);

  @SuppressWarnings("NullAway.Init")
  private LotaEmulator lota;

  @SuppressWarnings("NullAway.Init")
  private HttpServer parrot;

  @BeforeEach
  void start() {
    lota = LotaEmulator.before(origin).keepNothing().credentials("AKID", SECRET).start();
    parrot = new HttpServer(_ -> Answer.error(403, "AccessDenied", SECRET + " and " + TOKEN));
  }

  @AfterEach
  void stop() {
    lota.close();
    parrot.close();
  }

  @ParameterizedTest
  @EnumSource(Logging.Verbosity.class)
  void noSecretIsTold(Logging.Verbosity level) throws IOException {
    List<Result> results = new ArrayList<>();
    for (Cli cli :
        List.of(
            keys(Cli.at(lota)),
            keys(Cli.at(lota)).env("AWS_SECRET_ACCESS_KEY", SECRET + "x"),
            keys(Cli.at("http://127.0.0.1:" + parrot.port())),
            keys(Cli.at("http://localhost:1")),
            keys(Cli.at("http://" + SECRET + ":" + TOKEN + "@localhost:1")),
            file("[default]\naws_access_key_id = AKID\naws_secret_access_key " + SECRET + "\n"),
            file("[default]\n" + SECRET + "\n"),
            file("[default]\naws_secret_access_key = " + SECRET + "\n"),
            process("echo " + SECRET + " >&2; exit 1"),
            process("echo " + SECRET + "; exit 1"),
            process("echo " + SECRET),
            process("echo '{\"Version\":1,\"SecretAccessKey\":\"" + SECRET + "\"'"),
            process("echo '{\"Version\":1,\"SecretAccessKey\":\"" + SECRET + "\"}'"),
            process("echo '{\"Version\":1,\"SecretAccessKey\":" + SECRET + "}'"))) {
      results.add(run(cli, level, "s3://bucket/"));
      results.add(run(cli, level, "s3://bucket/k"));
      results.add(run(cli, level, "s3://bucket/k --profile default"));
    }
    for (Result result : results) {
      assertClean(result.out());
      assertClean(result.err());
    }
    assertThat(results.stream().map(Result::code)).contains(0, 2, 3);
    try (Stream<Path> files = Files.walk(directory)) {
      files.filter(SecretsTest::isWrittenByARun).forEach(file -> assertClean(content(file)));
    }
  }

  private Result run(Cli cli, Logging.Verbosity level, String line, Object... words) {
    return cli.run(
        "--log-level %s --stacktrace --max-attempts 2 --journal %s --failed-to %s %s"
            .formatted(
                level, directory.resolve("run.journal"), directory.resolve("run.failed"), line),
        words);
  }

  private static Cli keys(Cli cli) {
    return cli.env("AWS_ACCESS_KEY_ID", "AKID")
        .env("AWS_SECRET_ACCESS_KEY", SECRET)
        .env("AWS_SESSION_TOKEN", TOKEN);
  }

  private Cli file(String credentials) throws IOException {
    Path file = Files.createTempFile(directory, "credentials", "");
    Files.writeString(file, credentials);
    return Cli.bare()
        .env("AWS_ENDPOINT_URL", lota.endpoint().toString())
        .env("AWS_SHARED_CREDENTIALS_FILE", file.toString());
  }

  private Cli process(String line) throws IOException {
    Path script = Files.createTempFile(directory, "credentials", ".sh");
    Files.writeString(script, "#!/bin/sh\n" + line + "\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    return file("[default]\ncredential_process = " + script + "\n");
  }

  private static boolean isWrittenByARun(Path file) {
    return file.getFileName().toString().startsWith("run.");
  }

  private static String content(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void assertClean(String text) {
    assertThat(text).doesNotContain(SECRET, TOKEN);
  }
}
