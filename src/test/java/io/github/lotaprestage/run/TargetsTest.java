package io.github.lotaprestage.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Cli;
import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Where the objects of a run come from.
@Timeout(120)
class TargetsTest extends AgainstLota {

  @Test
  void everyKeyThatS3TakesIsStagedOnceAndPrintedFaithfully() {
    List<String> keys =
        List.of(
            "odd/a b",
            "odd/a+b",
            "odd/100%",
            "odd/%2F",
            "odd/a%20b",
            "odd/'single'",
            "odd/\"double\"",
            "odd/a&b",
            "odd/a?b",
            "odd/a#b",
            "odd/a=b;c,d",
            "odd/ünï",
            "odd/日本",
            "odd/😀👩‍🚀",
            "odd//double",
            "odd/../up",
            "odd/./here",
            "odd/..",
            "odd/a\\b",
            "odd/line\nend",
            "odd/tab\tbell\u0007",
            "odd/<xml>&amp;",
            "odd/~tilde*!()$@:[]{}|^`",
            "odd/ space at end ",
            "odd/" + "k".repeat(1020),
            "odd/" + "é".repeat(510));
    keys.forEach(key -> origin.put("bucket", key, 3));
    origin.put("bucket", "/leading", 3);
    LotaEmulator lota = lota();
    Result listed = Cli.at(lota).json("s3://bucket");
    assertThat(listed.objects().stream().filter(line -> line.has("error"))).isEmpty();
    listed.exits(0);
    assertThat(listed.objects("key"))
        .hasSize(keys.size() + 1)
        .containsAll(keys)
        .contains("/leading");
    assertThat(lota.seen().successes())
        .hasSize(keys.size() + 1)
        .allSatisfy((_, n) -> assertThat(n).hasValue(1));
    for (String key : keys) {
      Cli.at(lota).run("-b bucket -k", key).exits(0);
      assertThat(lota.seen().successes().get("s3://bucket/" + key)).as(key).hasValue(2);
    }
    Cli.at(lota)
        .run("s3://bucket/odd/line* s3://bucket/odd/tab*")
        .outContains("s3://bucket/odd/line\\nend", "s3://bucket/odd/tab\\tbell\\u{7}");
    String nul = String.join("\0", keys);
    Cli.at(lota).input(nul).json("-b bucket --files-from0 -").prestaged(keys.size());
  }

  @Test
  void severalTargetsOfSeveralKinds() {
    origin.put("bucket", "a/1", 1).put("bucket", "a/2", 1).put("bucket", "b*", 1);
    origin.put("other-bucket", "x", 1).put("dotted.bucket", "y", 1);
    LotaEmulator lota = lota();
    Cli.at(lota)
        .json(
            "--raw s3://bucket/b* s3://bucket/a/ s3://other-bucket s3://dotted.bucket/y -b bucket -k a/1 -p a")
        .exits(0)
        .prestaged(5);
    assertThat(lota.seen().successes()).hasSize(5).allSatisfy((_, n) -> assertThat(n).hasValue(1));
  }

  @Test
  void aListFromAFileAndStandardInput(@TempDir Path directory) throws IOException {
    origin.put("bucket", "a", 1).put("bucket", "b", 1).put("bucket", "c", 1);
    Path list = Files.writeString(directory.resolve("list"), "a\ns3://bucket/b\n");
    Cli.at(lota().endpoint())
        .input("c\nmissing\n")
        .json("-b bucket --files-from", list, "--files-from", "-")
        .exits(1)
        .prestaged(3)
        .failed(1);
  }

  /// The bucket's name is the host's.
  @Test
  void everyAddressOfAHostIsTried() {
    origin.put("two-addresses", "a", 1);
    Cli.at(lota().endpoint()).run("--max-attempts 1 s3://two-addresses/").silent().exits(0);
  }

  @Test
  void aListOfNothingUsableIsBadUsage() {
    Result result = Cli.at(lota().endpoint()).input("just text\n").json("--files-from -").exits(2);
    assertThat(result.objects().getFirst().get("error").get("message").asString())
        .contains("line 1 of standard input");
  }

  @Test
  void theBucketIsKnownFromTheEnvironment() {
    origin.put("bucket", "a", 1).put("other-bucket", "b", 1);
    Cli.at(lota().endpoint())
        .env("LOTA_PRESTAGE_BUCKET", "bucket")
        .env("LOTA_PRESTAGE_QUIET", "true")
        .json("--quiet s3://other-bucket/")
        .objects(0)
        .prestaged(1);
  }

  @Test
  void emptinessSaysWhetherFiltersDidIt() {
    origin.put("bucket", "a", 1);
    LotaEmulator lota = lota();
    Cli.at(lota)
        .json("s3://bucket/none/")
        .exits(4)
        .summary("status", "empty")
        .says("no objects in s3://bucket/none/");
    Cli.at(lota)
        .run("--min-size 5 s3://bucket/")
        .exits(4)
        .says("the filters excluded 1 object in s3://bucket/");
    Cli.at(lota)
        .run("s3://bucket/*.tar")
        .exits(4)
        .says("1 object listed, but none matches s3://bucket/*.tar; --allow-empty");
    Cli.at(lota)
        .run("--min-size 1 s3://bucket/*.tar")
        .exits(4)
        .says("1 object listed, but none matches s3://bucket/*.tar and the filters; ");
    Cli.at(lota)
        .run("s3://bucket/{u,v,w,x,y}/")
        .exits(4)
        .says("no objects in s3://bucket/u/, s3://bucket/v/, s3://bucket/w/ and 2 more");
    Cli.at(lota).run("--allow-empty s3://bucket/none/").exits(0).silent();
  }
}
