package io.github.lotaprestage.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Fault;
import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.MemoryOrigin;
import io.github.lotaprestage.fixture.Result;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Output that nobody reads or that cannot be written.
@Timeout(180)
class OutputLossIT extends AgainstBucket {

  private static final int MILLION = 1_000_000;

  @Test
  void aClosedStandardOutputEndsTheRunQuietly() throws Exception {
    Result result =
        Program.at(lota)
            .shell("\"$0\" -o json s3://bucket/data/ | head -1;" + " echo \"${PIPESTATUS[0]}\"")
            .silent();
    assertThat(result.out().lines()).hasSize(2);
    assertThat(result.out().lines().findFirst().orElseThrow()).startsWith("{\"type\":\"object\"");
  }

  @Test
  void anEndlessListingStopsWhenNobodyReads() throws Exception {
    MemoryOrigin many = new MemoryOrigin().generate("bucket", MILLION, "k%09d"::formatted);
    try (LotaEmulator huge = LotaEmulator.before(many).countOnly().start()) {
      Result result =
          Program.at(huge)
              .shell("\"$0\" s3://bucket | head -1; echo \"${PIPESTATUS[0]}\"")
              .silent();
      assertThat(result.out().lines().toList().getLast()).isEqualTo("141");
      assertThat(huge.seen().rangedHeads()).isLessThan(MILLION / 2);
    }
  }

  @ParameterizedTest
  @CsvSource({"2>&-, 0", ">/dev/full, 3", "2>/dev/full, 0"})
  void outputThatCannotBeWrittenIsSaidAndNeverHangs(
      String redirection, int code, @TempDir Path directory) throws Exception {
    Path summary = directory.resolve("summary");
    Result result =
        Program.at(lota)
            .shell(
                "\"$0\" -o json -v --summary-file " + summary + " s3://bucket/data/ " + redirection)
            .exits(code);
    if (code == 3) {
      result.err(err ->
          err.endsWith(
              "lota-prestage: stopped: standard output cannot be written:"
                  + " No space left on device\n"));
      assertThat(summary).content().contains("\"code\":\"OutputError\"");
    } else {
      result.prestaged(1499);
    }
  }

  @Test
  void aReaderThatStoppedReadingDoesNotKeepASignalledRunAlive() throws Exception {
    MemoryOrigin many = new MemoryOrigin().generate("bucket", MILLION, "k%09d"::formatted);
    CountDownLatch stuck = new CountDownLatch(1500);
    try (LotaEmulator store =
        LotaEmulator.before(many)
            .countOnly()
            .faults((request, _, _, _) -> {
              stuck.countDown();
              return Fault.NONE;
            })
            .start()) {
      Process process = Program.at(store).startUnread("-o json --grace 200ms s3://bucket/");
      stuck.await();
      Program.bare().shell("kill -TERM " + process.pid());
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(143);
      assertThat(store.seen().rangedHeads()).isLessThan(10_000);
    }
  }

  @Test
  void aDiskThatFillsUpMeanwhileIsNoSuccess(@TempDir Path directory) throws Exception {
    Program.at(lota)
        .shell(
            "ulimit -f 8; \"$0\" -o json --journal \"$1\" s3://bucket/data/ | tail -1",
            directory.resolve("journal").toString())
        .summary("exit_code", 3)
        .prestaged(1499)
        .says("is not complete: File too large");
  }
}
