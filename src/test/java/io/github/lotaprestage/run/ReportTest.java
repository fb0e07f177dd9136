package io.github.lotaprestage.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Cli;
import io.github.lotaprestage.fixture.Fault;
import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.TestStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `--report`: a page about the run, for people.
@Timeout(120)
class ReportTest extends AgainstLota {

  @TempDir private Path directory;
  private final LotaEmulator lota = faulty(DENIES);

  @BeforeEach
  void fill() {
    origin.put("bucket", "k", 7).put("other-bucket", "k2", 7).put("bucket", "empty", 0);
  }

  private Path file() {
    return directory.resolve("run.html");
  }

  private String page() throws IOException {
    String page = Files.readString(file());
    assertThat(page).startsWith("<!doctype html>\n").endsWith("</html>\n");
    assertThat(page).doesNotContain(TestStore.SECRET_KEY);
    assertThat(directory.toFile().list()).containsExactly("run.html");
    return page;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "s3://bucket/k s3://other-bucket/k2|0|All 2 objects are in the cache.",
        "s3://bucket/k s3://bucket/empty|0|1 object was staged, and 1 object did not need it",
        "s3://bucket/empty|0|0 objects were staged, and 1 object did not need it",
        "s3://bucket/k|0|The selected object is in the cache.",
        "-n s3://bucket/|0|1 object, 7 B, would be staged.",
        "s3://bucket/none/|4|Nothing matched",
        "s3://bucket/none/ --allow-empty|0|Nothing matched",
        "s3://nobucket/|3|The run could not work.",
        "s3://bucket/ --max-duration 1ms|5|The run stopped at a limit: 0 of",
        "s3://bucket/ --min-size 2 --max-size 1|2|The command line cannot be used",
        "s3://bucket/ --endpoint-url http://user:pass-word@h|2|The command line cannot be used",
      })
  void theVerdictIsTheFirstSentence(String line, int code, String verdict) throws Exception {
    Cli.at(lota).run(line + " --report " + file()).exits(code);
    assertThat(page()).contains("<h1>" + verdict, "Exit code " + code).doesNotContain("pass-word");
  }

  @Test
  void failuresAreShownByCause() throws Exception {
    for (int i = 0; i < 12; i++) {
      origin.put("bucket", "denied/" + i, 1);
    }
    Cli.at(lota).run("--report", file(), "s3://bucket/denied/", "s3://bucket/k").exits(1);
    assertThat(page())
        .contains("12 of 13 objects were not staged.")
        .containsOnlyOnce("<h3>12 × AccessDenied (403): ")
        .contains("A retry does not help. Next: ", "<code>s3://bucket/denied/", "and 4 more")
        .contains("<h2>Targets</h2>", "<h2>Settings</h2>")
        .contains("<code>--max-attempts</code>");
  }

  @Test
  void noNameBecomesMarkup() throws Exception {
    String key = "denied/<script>alert(1)</script>\"'&\u202e\u0007\n";
    origin.put("bucket", key, 1);
    Cli.at(lota).run("-b bucket -k k --report", file(), "-k", key).exits(1);
    assertThat(page())
        .contains("denied/&lt;script&gt;alert(1)&lt;/script&gt;&quot;'&amp;\\u{202e}\\u{7}\\n")
        .doesNotContain("<script", "\u202e", "\u0007");
  }

  @Test
  void aPlanThatDoesNotFitIsMarked() throws Exception {
    Cli.at(lota).run("-n --cache-capacity 1 s3://bucket/k --report", file()).exits(0);
    assertThat(page()).contains("<header class=\"partly\">", "would be staged, which does not fit");
  }

  @Test
  void aMergedPageDoesNotSayWhenTheRunBegan(@TempDir Path summaries) throws Exception {
    List<Object> merge = new ArrayList<>(List.of("--report", file(), "--merge-summaries"));
    for (int i = 0; i < 2; i++) {
      Path summary = summaries.resolve("summary" + i);
      Cli.at(lota).run("s3://bucket/k --shard", i + "/2", "--summary-file", summary).exits(0);
      merge.add(summary);
    }
    Cli.at(lota).run("", merge.toArray()).exits(0);
    assertThat(page()).contains("<p>Exit code 0 · ran ", " · written ").doesNotContain("began");
  }

  /// A style whose hash is not the one of the policy would not be used.
  @Test
  void thePolicyAllowsTheStyleAndNothingElse() throws Exception {
    Cli.at(lota).run("--report", file(), "s3://bucket/k").exits(0);
    Matcher style = Pattern.compile("(?s)<style>(.*)</style>").matcher(page());
    assertThat(style.find()).isTrue();
    byte[] hash =
        MessageDigest.getInstance("SHA-256")
            .digest(style.group(1).getBytes(StandardCharsets.UTF_8));
    assertThat(page())
        .contains(
            "content=\"default-src 'none'; style-src 'sha256-"
                + Base64.getEncoder().encodeToString(hash)
                + "'; ")
        .doesNotContain(" style=", "<script", "<link", "<img", "url(", "@import", " on");
  }

  @Test
  void theEnvironmentCanAskForItAndIsNamed() throws Exception {
    Cli.at(lota)
        .env("LOTA_PRESTAGE_REPORT", file().toString())
        .env("LOTA_PRESTAGE_CONCURRENCY", "7")
        .run("s3://bucket/k --max-attempts 3")
        .exits(0);
    assertThat(page().replaceAll("</?(?:code|td)[^>]*>|\n", " ").replaceAll(" +", " "))
        .contains("--concurrency 7 LOTA_PRESTAGE_CONCURRENCY")
        .contains("--max-attempts 3 command line")
        .contains("--grace 10s default");
  }

  @Test
  void skippedObjectsAreExplained() throws Exception {
    Cli.at(lota).run("--report", file(), "s3://bucket/").exits(0);
    assertThat(page()).contains("<h2>Skipped objects</h2>", "The object has no bytes");
  }

  @ParameterizedTest
  @CsvSource({
    "1, 'SIGTERM ended the run: 0 of 1 object staged.'",
    "2, 'SIGTERM ended the run at once: at least 0 objects are in the cache.'",
  })
  void aRunThatIsStoppedHasAPage(int signals, String verdict) throws Exception {
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
          .run("--grace", signals == 1 ? "100ms" : "1h", "--report", file(), "s3://bucket/k")
          .exits(143);
    }
    assertThat(page()).contains("<h1>" + verdict + "</h1>");
  }

  @Test
  void aFileThatCannotBeWrittenIsNoSuccess() {
    Cli.at(lota)
        .json("--report /dev/full s3://bucket/k")
        .exits(3)
        .says("--report /dev/full could not be written: No space left", "its disk")
        .summary("error.code", "ReportUnwritten");
  }

  @ParameterizedTest
  @CsvSource({
    "--report none/r, no such directory",
    "--report sub, is a directory",
    "--report r --summary-file r, are the same file",
    "--report list --files-from list, is also read as a list",
  })
  void aFileThatCannotBeUsedIsRefused(String options, String problem) throws Exception {
    Files.createDirectory(directory.resolve("sub"));
    Files.writeString(directory.resolve("list"), "k\n");
    String line = options.replaceAll(" (?=[a-z])", " " + directory + "/");
    Cli.at(lota).run("-b bucket " + line).exits(2).says("--report", problem).noOutput();
    assertThat(directory.resolve("list")).hasContent("k\n");
  }
}
