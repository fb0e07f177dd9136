package io.github.lotaprestage.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Cli;
import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.MemoryOrigin;
import io.github.lotaprestage.fixture.Result;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Key lists as people have them.
@Timeout(120)
class ListFormatsTest {

  private final MemoryOrigin origin =
      new MemoryOrigin()
          .put("bucket", "a", 1)
          .put("bucket", "d/a", 1)
          .put("bucket", "d/b c", 1)
          .put("bucket", "d/e", 1)
          .put("other-bucket", "a", 1);
  private final LotaEmulator lota = LotaEmulator.before(origin).keepNothing().start();

  @AfterEach
  void stop() {
    lota.close();
  }

  private Result run(byte[] list, String args) {
    return Cli.at(lota).input(new ByteArrayInputStream(list)).json("-c 1 --files-from - " + args);
  }

  private Result run(String list, String args) {
    return run(list.getBytes(StandardCharsets.UTF_8), args);
  }

  private static String names(Result result) {
    return result.objects().stream()
        .map(line ->
            "%s:%s/%s"
                .formatted(
                    line.get("status").asString(),
                    line.get("bucket").asString(),
                    line.get("key").asString()))
        .collect(Collectors.joining(" "));
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return out.toByteArray();
  }

  @Test
  void aSinglePrefixIsTheBaseOfBareKeysAndIsNotListed() {
    Result below = run("a\nb c\ns3://other-bucket/a\n", "s3://bucket/d/");
    assertThat(names(below))
        .isEqualTo("prestaged:bucket/d/a prestaged:bucket/d/b c prestaged:other-bucket/a");
    assertThat(below.code()).isZero();
    assertThat(lota.seen().lists()).isZero();
    assertThat(names(run("a\n", "s3://bucket"))).isEqualTo("prestaged:bucket/a");
    assertThat(names(run("a\nb c\n", "--include b* s3://bucket/d/")))
        .as("filters are relative to the base")
        .isEqualTo("prestaged:bucket/d/b c");
  }

  @Test
  void inEveryOtherCaseListsAndTargetsAddUp() {
    assertThat(run("a\n", "s3://bucket/d/ -b bucket").objects()).hasSize(4);
    assertThat(run("s3://bucket/a\n", "s3://bucket/d/ s3://other-bucket/").objects()).hasSize(5);
    assertThat(run("s3://bucket/a\n", "s3://bucket/d/*").objects()).hasSize(4);
    assertThat(run("s3://bucket/a\n", "s3://bucket/d/a").objects()).hasSize(2);
    assertThat(run("a\n", "s3://bucket/d/a").out()).contains("without a bucket");
  }

  @Test
  void awsLs() {
    String list =
        """
        2026-03-01 12:00:00          1 a
        2026-03-01 12:00:00 1234567890123 d/b c
        2026-03-01 12:00:00    1 Bytes d/a
        2026-03-01 12:00:00   2.9 MiB d/e

        Total Objects: 4
           Total Size: 3.1 MiB
        """;
    String expected =
        "prestaged:bucket/a prestaged:bucket/d/b c prestaged:bucket/d/a prestaged:bucket/d/e";
    for (String where : List.of("-b bucket", "s3://bucket/d/")) {
      Result result = run(list, "--files-format aws-ls " + where);
      assertThat(names(result)).as(where).isEqualTo(expected);
      assertThat(result.code()).isZero();
      assertThat(result.summary().get("listed").asInt()).isEqualTo(4);
    }
    assertThat(
            names(
                run("2026-03-01 12:00:00          1 Bytes d/a", "-b bucket --files-format aws-ls")))
        .as("a key that begins like a unit")
        .isEqualTo("failed:bucket/Bytes d/a");
    assertThat(names(run("2026-03-01 12:00:00 1  x", "-b bucket --files-format aws-ls")))
        .isEqualTo("failed:bucket/ x");
    Result prefix = run("                           PRE d/\n", "-b bucket --files-format aws-ls");
    assertThat(prefix.out()).contains("line 1 of standard input is a prefix", "--recursive");
    assertThat(prefix.code()).isEqualTo(2);
  }

  @Test
  void ourOwnOutput() {
    String plan = run("a\nd/b c\nd/e\n", "-n -b bucket").out();
    String expected = "prestaged:bucket/a prestaged:bucket/d/b c prestaged:bucket/d/e";
    assertThat(plan).contains("\"summary\"");
    assertThat(names(run(plan, "--files-format ndjson"))).isEqualTo(expected);
    String pretty = plan.replace("{", "{\n  ").replace(",", ",\n  ").replace("}\n", "\n}\n");
    assertThat(names(run(pretty, "--files-format ndjson"))).as("as jq does").isEqualTo(expected);
    assertThat(names(run("\uFEFF" + plan, "--files-format ndjson"))).isEqualTo(expected);
    assertThat(names(run("{\"key\":\"a\"}{\"key\":\"d/e\"}", "-b bucket --files-format ndjson")))
        .isEqualTo("prestaged:bucket/a prestaged:bucket/d/e");
    assertThat(run("{\"key\":\"a\"}", "--files-format ndjson").out()).contains("without a bucket");
    assertThat(run("{\"bucket\":\"\",\"key\":\"a\"}", "--files-format ndjson").code()).isEqualTo(2);
  }

  @Test
  void aWrongFormatEndsTheListAtTheFirstLineThatShowsIt() {
    String json = "{\"type\":\"object\",\"bucket\":\"bucket\",\"key\":\"a\"}\n";
    for (String bad :
        List.of(
            "d/e\n",
            "[" + json + "]\n",
            "{\"type\":\"object\",\"bucket\":\"bucket\"}\n",
            "{\"type\":\"prestaged\",\"bucket\":\"bucket\",\"key\":\"a\"}\n",
            "{\"type\":\"object\",\"bucket\":",
            "{\"key\":\"" + "x".repeat(100_000) + "\"}",
            "{\"a\":".repeat(1000))) {
      Result result = run(json + bad + json, "--files-format ndjson");
      assertThat(result.code()).as(bad).isEqualTo(3);
      assertThat(names(result)).as(bad).isEqualTo("prestaged:bucket/a");
      assertThat(result.err()).as(bad).contains("read standard input", "line 2", "ndjson");
    }
    String line = "2026-03-01 12:00:00          1 a\n";
    for (String bad : List.of("d/e\n", json, "2026-03-01 12:00:00 a\n", "s3://bucket/a\n")) {
      Result result = run(line + bad + line, "-b bucket --files-format aws-ls");
      assertThat(result.code()).as(bad).isEqualTo(3);
      assertThat(names(result)).as(bad).isEqualTo("prestaged:bucket/a");
      assertThat(result.err()).as(bad).contains("line 2 is not a line of aws s3 ls");
    }
    assertThat(run("a\n", "-b bucket --files-format aws-ls").code()).isEqualTo(2);
    assertThat(run("a\n", "-b bucket --files-format ndjson").code()).isEqualTo(2);
  }

  @Test
  void linesOfAnotherFormatAreKeysAndGetAHint() {
    assertThat(run("{\"type\":\"object\",\"key\":\"a\"}\n", "-b bucket").err())
        .contains("--files-format ndjson");
    assertThat(run("2026-03-01 12:00:00          1 a\n", "-b bucket").err())
        .contains("--files-format aws-ls");
  }

  @Test
  void gzippedListsOfAllFormats(@TempDir Path home) throws IOException {
    assertThat(names(run(gzip("a\nd/e\n"), "-b bucket")))
        .isEqualTo("prestaged:bucket/a prestaged:bucket/d/e");
    ByteArrayOutputStream members = new ByteArrayOutputStream();
    members.write(gzip("2026-03-01 12:00:00          1 a\n"));
    members.write(gzip("2026-03-01 12:00:00          1 d/e\n"));
    Path file = Files.write(home.resolve("list"), members.toByteArray());
    Result fromFile = Cli.at(lota).json("-b bucket --files-format aws-ls --files-from", file);
    assertThat(fromFile.objects()).hasSize(2);
    assertThat(names(run(gzip("{\"bucket\":\"bucket\",\"key\":\"a\"}"), "--files-format ndjson")))
        .isEqualTo("prestaged:bucket/a");
    byte[] whole = gzip("a\n".repeat(10_000));
    Result cut = run(Arrays.copyOf(whole, whole.length - 9), "-b bucket -qq");
    assertThat(cut.code()).isEqualTo(3);
    assertThat(cut.err()).contains("gzip data is incomplete or damaged");
    assertThat(run(new byte[] {0x1f}, "-b bucket").code()).isEqualTo(1);
    assertThat(run(new byte[0], "-b bucket").code()).isEqualTo(4);
  }

  @Test
  void theFormatIsOneOfThreeAndNeedsAList() {
    assertThat(run("a\n", "-b bucket --files-format csv").code()).isEqualTo(2);
    assertThat(Cli.at(lota).run("--files-format ndjson s3://bucket/").err())
        .contains("--files-format needs --files-from");
  }
}
