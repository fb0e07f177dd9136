package io.github.lotaprestage.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Cli;
import io.github.lotaprestage.fixture.Fault;
import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.MemoryOrigin;
import io.github.lotaprestage.fixture.Result;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Targets and filters with braces.
@Timeout(120)
class BracesTest {

  private final MemoryOrigin origin = new MemoryOrigin().bucket("bucket").bucket("other-bucket");
  private final LotaEmulator lota = LotaEmulator.before(origin).keepNothing().start();

  @AfterEach
  void stop() {
    lota.close();
  }

  private void put(String... keys) {
    for (String key : keys) {
      origin.put("bucket", key, 5);
      origin.put("other-bucket", key, 5);
    }
  }

  private Result run(String line, Object... words) {
    return Cli.at(lota).json(line, words);
  }

  private static List<String> names(Result result) {
    return result.objects().stream()
        .map(line -> line.get("bucket").asString() + "/" + line.get("key").asString())
        .toList();
  }

  @Test
  void keysAreNamedAndNotListed() {
    put("d/shard-008.tar", "d/shard-009.tar", "d/shard-010.tar", "d/shard-011.tar");
    Result result = run("-c 1 s3://bucket/d/shard-{008..010}.tar").exits(0);
    assertThat(names(result))
        .containsExactly(
            "bucket/d/shard-008.tar", "bucket/d/shard-009.tar", "bucket/d/shard-010.tar");
    assertThat(lota.seen().lists()).isZero();
  }

  @Test
  void aDryRunFindsNeighboursOnOnePage() {
    for (int i = 0; i < 900; i++) {
      put("d/shard-%03d.tar".formatted(i));
    }
    run("-n s3://bucket/d/shard-{000..899}.tar").exits(0).planned(900);
    assertThat(lota.seen().lists()).isEqualTo(1);
    run("-n s3://bucket/d/shard-{500..999}.tar").exits(1).planned(400).failed(100);
  }

  @Test
  void aResultMayBeAKeyAPrefixOrAWildcard() {
    put("key", "p/1", "p/2", "w-1.tar", "w-1.idx", "q/1");
    assertThat(names(run("s3://bucket/{key,p/,w*.tar}")))
        .containsExactlyInAnyOrder("bucket/key", "bucket/p/1", "bucket/p/2", "bucket/w-1.tar");
    assertThat(names(run("s3://bucket/{p,q}/*")))
        .containsExactlyInAnyOrder("bucket/p/1", "bucket/p/2", "bucket/q/1");
  }

  @Test
  void bucketsMayHaveThemToo() {
    put("a", "b");
    assertThat(names(run("-c 1 s3://{,other-}bucket/{a,b}")))
        .containsExactly("bucket/a", "bucket/b", "other-bucket/a", "other-bucket/b");
  }

  @Test
  void whatIsNamedTwiceOrListedTooIsStagedOnce() {
    put("a1", "a2", "a3");
    Result result = run("s3://bucket/a{1..2} s3://bucket/{a1,a2,a2} s3://bucket/");
    assertThat(names(result)).containsExactlyInAnyOrder("bucket/a1", "bucket/a2", "bucket/a3");
    assertThat(run("s3://bucket/a{1..2} s3://bucket/ --exclude {a1,x}").objects())
        .as("filters apply before")
        .hasSize(2);
  }

  @Test
  void rawAndOtherBracesAreLiteral() {
    put("a{1..2}", "{x}", "b{", "c{1,2}");
    assertThat(names(run("--raw s3://bucket/a{1..2}"))).containsExactly("bucket/a{1..2}");
    assertThat(names(run("s3://bucket/{x} s3://bucket/b{", "s3://bucket/c\\{1,2\\}")))
        .containsExactlyInAnyOrder("bucket/{x}", "bucket/b{", "bucket/c{1,2}");
    assertThat(names(run("-b bucket -k c{1,2}"))).containsExactly("bucket/c{1,2}");
  }

  @Test
  void filtersUnderstandThem() {
    put("d/07.tar", "d/08.tar", "d/08.idx", "d/09.txt", "d/{b}");
    assertThat(names(run("s3://bucket/d/ --include {07..08}.{tar,idx} --exclude *{8.i}*")))
        .containsExactlyInAnyOrder("bucket/d/07.tar", "bucket/d/08.tar", "bucket/d/08.idx");
    assertThat(names(run("s3://bucket/d/ --exclude *.{t*,idx}"))).containsExactly("bucket/d/{b}");
    assertThat(names(run("s3://bucket/d/ --include {b}"))).containsExactly("bucket/d/{b}");
  }

  @Test
  void aDryRunLooksTheNamesUp() {
    put("k1", "k2");
    run("-n s3://bucket/k{1..2}").summary("bytes", 10);
    assertThat(lota.seen().rangedHeads()).isZero();
  }

  @Test
  void badExpressionsAreBadUsage() {
    for (String target :
        List.of(
            "s3://bucket/" + "{".repeat(60) + "}".repeat(60),
            "s3://bucket/{a,b/}{0..99999999}/",
            "s3://bucket/{0..99999999}*",
            "s3://b-{00000..99999}/a",
            "s3://bucket/{a,b}" + "x".repeat(1024),
            "s3://{Bad_,bucket}/a{1,2}")) {
      run(target).exits(2).errContains("target");
    }
    assertThat(run("s3://bucket/ --include", "{".repeat(60) + "}".repeat(60)))
        .satisfies(result -> assertThat(result.code()).isEqualTo(2))
        .satisfies(result -> assertThat(result.err()).contains("--include", "50 deep"));
    assertThat(lota.seen().lists()).isZero();
  }

  @Test
  void aMissingKeyThatLooksLikeAPatternGetsAHint() {
    assertThat(run("s3://bucket/a[0-9]").err())
        .contains("s3://bucket/a[0-9] contains a literal '['");
    assertThat(run("s3://bucket/a{0-9}").err()).contains("literal '{'", "{000..127}");
    assertThat(run("--raw s3://bucket/a{0..9}").err()).contains("literal '{'", "--raw");
    assertThat(run("", "s3://bucket/a\r").err()).contains("carriage return");
    for (String key : List.of("a ", " a")) {
      assertThat(run("", "s3://bucket/" + key).err()).contains("begins or ends with a space");
    }
    assertThat(run("s3://bucket/a").err()).doesNotContain("literal", "carriage");
  }

  /// No request is answered, so no missing key fails before the deadline.
  @Test
  void aRunThatEndsEarlySaysWhatIsLeft() {
    CountDownLatch held = new CountDownLatch(1);
    try (LotaEmulator silent =
        LotaEmulator.before(origin)
            .keepNothing()
            .faults((_, _, _, _) -> new Fault.Hold(held))
            .start()) {
      Cli.at(silent)
          .json("--order listed --max-duration 100ms --grace 1ms s3://bucket/{000..999}")
          .exits(5)
          .selected(1000)
          .summary("listing_complete", true);
      Cli.at(silent)
          .json("-qq --max-duration 100ms --grace 1ms s3://bucket/{0..999999999}")
          .exits(5);
      held.countDown();
    }
  }
}
