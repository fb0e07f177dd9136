package io.github.lotaprestage.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Cli;
import io.github.lotaprestage.fixture.Fault;
import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.Result;
import io.github.lotaprestage.fixture.Schemas;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `--summary-file`: how the run ended, for other programs.
@Timeout(120)
class SummaryFileTest extends AgainstLota {

  @TempDir private Path directory;
  private final LotaEmulator lota = faulty(DENIES);

  @BeforeEach
  void fill() {
    origin.put("bucket", "k", 7);
  }

  private Path file() {
    return directory.resolve("summary.json");
  }

  private JsonNode summary() throws IOException {
    assertThat(file()).exists();
    String text = Files.readString(file());
    assertThat(text).endsWith("}\n").hasLineCount(1);
    Schemas.validate(text);
    return JsonMapper.shared().readTree(text);
  }

  private void says(String status, int code) throws IOException {
    assertThat(summary().at("/type").asString()).isEqualTo("summary");
    assertThat(summary().at("/status").asString()).isEqualTo(status);
    assertThat(summary().at("/exit_code").asInt()).isEqualTo(code);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-o text", "-o json", "-q", "-qq", "-o json -qq"})
  void itIsTheSameWhateverTheOutputIs(String options) throws Exception {
    Cli.at(lota).run(options + " --summary-file", file(), "s3://bucket/").exits(0);
    says("ok", 0);
    assertThat(summary().at("/prestaged").asInt()).isEqualTo(1);
    assertThat(summary().at("/bytes").asInt()).isEqualTo(7);
    assertThat(directory.toFile().list()).containsExactly("summary.json");
  }

  @Test
  void itIsTheLastLineOfTheJson() throws Exception {
    Result run = Cli.at(lota).json("--summary-file", file(), "s3://bucket/");
    assertThat(run.out()).endsWith(Files.readString(file()));
  }

  @Test
  void everyEndIsWritten() throws Exception {
    origin.put("bucket", "denied", 1);
    String option = "--summary-file " + file();
    Cli.at(lota).run(option + " s3://bucket/").exits(1);
    says("failed", 1);
    Cli.at(lota).run(option + " -n s3://bucket/").exits(0);
    assertThat(summary().at("/planned").asInt()).isEqualTo(2);
    Cli.at(lota).run(option + " s3://bucket/none/").exits(4);
    says("empty", 4);
    Cli.at(lota).run(option + " s3://nobucket/").exits(3);
    says("error", 3);
    Cli.at(lota).run(option + " s3://bucket/ --max-duration 1ms").exits(5);
    says("limited", 5);
    Cli.bare()
        .env("AWS_ENDPOINT_URL", lota.endpoint().toString())
        .run(option + " s3://bucket/")
        .exits(3);
    says("error", 3);
    assertThat(summary().at("/error/code").asString()).isEqualTo("NoCredentials");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "s3://",
        "-k k",
        "s3://bucket/ --min-size 2 --max-size 1",
        "s3://bucket/ --endpoint-url http://h/path",
        "s3://bucket/ --journal /etc/passwd",
      })
  void badUsageIsWrittenTooOnceTheFilesAreKnown(String line) throws Exception {
    Cli.at(lota).run(line + " --summary-file", file()).exits(2).noOutput();
    says("error", 2);
    assertThat(summary().at("/error/code").asString()).isEqualTo("BadUsage");
    assertThat(summary().at("/error/message").asString()).isNotEmpty();
  }

  @Test
  void itIsWrittenWhenStandardOutputWasLost() throws Exception {
    OutputStream closed =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("Broken pipe");
          }
        };
    Cli.at(lota).output(closed).run("--summary-file", file(), "s3://bucket/").exits(141);
    says("interrupted", 141);
    assertThat(summary().at("/prestaged").asInt()).isEqualTo(1);
  }

  /// A list of lines would take the place of one that is read in another way.
  @ParameterizedTest
  @ValueSource(strings = {"--files-from0 ", "--files-format ndjson --files-from "})
  void aListOfAnotherFormatIsNotReplacedByFailedTo(String option) throws Exception {
    Path list = Files.writeString(directory.resolve("list"), "s3://bucket/k");
    Cli.at(lota)
        .run(option + list + " --failed-to " + list)
        .exits(2)
        .says("--failed-to ", "would replace a list that is read from it in another format");
    assertThat(list).hasContent("s3://bucket/k");
    Path lines = Files.writeString(directory.resolve("keys.nul"), "s3://bucket/k\n");
    Cli.at(lota)
        .run("--files-from", lines, "--failed-to", directory.resolve("keys"))
        .exits(2)
        .says("would replace a list");
    assertThat(lines).hasContent("s3://bucket/k\n");
  }

  @ParameterizedTest
  @CsvSource({
    "--summary-file none/s, no such directory",
    "--summary-file sub, is a directory",
    "--summary-file -, must name a file",
    "--summary-file s --journal s, are the same file",
    "--summary-file link --failed-to s, are the same file",
    "--summary-file s.nul --failed-to s, are the same file",
    "--summary-file list --files-from list, is also read as a list",
    "--summary-file old-journal, is a journal",
    "--summary-file /proc/self/fd/999, cannot be written",
  })
  void aFileThatCannotBeUsedIsRefusedBeforeAnythingIsSent(String options, String problem)
      throws Exception {
    Files.createDirectory(directory.resolve("sub"));
    Files.createSymbolicLink(directory.resolve("link"), Path.of("s"));
    Files.writeString(directory.resolve("list"), "k\n");
    Files.writeString(directory.resolve("old-journal"), "{\"type\":\"journal\",\"version\":1}\n");
    String line = options.replaceAll(" (?=[a-z])", " " + directory + "/");
    Cli.at(lota).run("-b bucket " + line).exits(2).says("--summary-file", problem).noOutput();
    assertThat(lota.seen().rangedHeads() + lota.seen().lists()).isZero();
    assertThat(directory.resolve("list")).hasContent("k\n");
    assertThat(directory.resolve("s")).doesNotExist();
  }

  @Test
  void aFileThatCannotBeWrittenAtTheEndIsNoSuccess() {
    Cli.at(lota)
        .json("--summary-file /dev/full s3://bucket/")
        .exits(3)
        .says("--summary-file /dev/full could not be written: No space left", "its disk")
        .prestaged(1)
        .summary("status", "error")
        .summary("exit_code", 3)
        .summary("error.code", "SummaryFileUnwritten");
  }

  /// The first signal asks for an end in order, which the request in flight prevents.
  @ParameterizedTest
  @CsvSource({"1, interrupted, true", "2, interrupted, false"})
  void signalsAreWritten(int signals, String status, boolean totals) throws Exception {
    CompletableFuture<IntConsumer> send = new CompletableFuture<>();
    try (LotaEmulator hanging =
        LotaEmulator.before(origin)
            .faults((request, _, _, _) -> {
              if (!request.method().equals("HEAD")) {
                return Fault.NONE;
              }
              for (int i = 0; i < signals; i++) {
                send.join().accept(i == 0 ? 15 : 2);
              }
              return new Fault.Hold(new CountDownLatch(1));
            })
            .start()) {
      Cli.at(hanging)
          .signals(send::complete)
          .run("--grace", signals == 1 ? "100ms" : "1h", "--summary-file", file(), "s3://bucket/k")
          .exits(143);
    }
    says(status, 143);
    assertThat(summary().has("selected")).isEqualTo(totals);
    assertThat(summary().at("/listing_complete").asBoolean()).isEqualTo(totals);
  }

  @Test
  void theNullDeviceTakesIt() {
    Cli.at(lota).run("--summary-file /dev/null s3://bucket/").exits(0).silent();
  }
}
