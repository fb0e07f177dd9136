package io.github.lotaprestage.engine.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.Outcome;
import io.github.lotaprestage.object.SourceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SampleReadsTest {

  @Test
  void figuresOfReadsStandBesideThoseOfTheirHeads() throws Exception {
    SampleReads reads =
        new SampleReads((_, key) -> {
          int number = Integer.parseInt(key);
          return new SampleReads.Read(
              Duration.ofMillis(number), Duration.ofSeconds(number), 1000L * number * number);
        });
    reads.read(staged(100));
    assertThat(reads.report())
        .hasValue(
            new ReadReport(
                100,
                0,
                new Percentiles(1, 10, 50, 90, 99, 100),
                new Percentiles(1000, 10_000, 50_000, 90_000, 99_000, 100_000),
                new Percentiles(10, 100, 500, 900, 990, 1000)));
  }

  @Test
  void aReadThatFailsIsCountedAndToldAndTheOthersGoOn() throws Exception {
    SampleReads reads =
        new SampleReads((bucket, key) -> {
          if (!key.equals("2")) {
            throw new SourceException(
                "GET s3://" + bucket + "/" + key,
                Failure.local(Failure.Kind.DENIED, "AccessDenied", "no"));
          }
          return new SampleReads.Read(Duration.ofMillis(5), Duration.ofMillis(5), 5);
        });
    reads.read(staged(3));
    ReadReport report = reads.report().orElseThrow();
    assertThat(report.count()).isEqualTo(1);
    assertThat(report.failed()).isEqualTo(2);
    assertThat(reads.failure())
        .get()
        .extracting(SourceException::operation)
        .isEqualTo("GET s3://b/1");
  }

  @Test
  void threeFailuresInARowAreEnough() throws Exception {
    List<String> asked = new ArrayList<>();
    SampleReads reads =
        new SampleReads((_, key) -> {
          asked.add(key);
          if (key.equals("3") || key.equals("4")) {
            return new SampleReads.Read(Duration.ZERO, Duration.ZERO, 1);
          }
          throw new SourceException(
              "GET", Failure.local(Failure.Kind.TRANSIENT, "ReadTimeout", "no answer in time"));
        });
    reads.read(staged(10));
    assertThat(asked).containsExactly("1", "2", "3", "4", "5", "6", "7");
    assertThat(reads.made()).isEqualTo(7);
  }

  @Test
  void withoutAReadThereIsNoReport() {
    SampleReads.Read read = new SampleReads.Read(Duration.ZERO, Duration.ZERO, 1);
    assertThat(new SampleReads((_, _) -> read).report()).isEmpty();
  }

  private static List<Outcome.Prestaged> staged(int count) {
    return IntStream.rangeClosed(1, count)
        .mapToObj(number ->
            new Outcome.Prestaged(
                ObjectRef.named("b", Integer.toString(number)),
                null,
                Outcome.Attempts.NONE,
                Duration.ofMillis(10L * number)))
        .toList();
  }
}
