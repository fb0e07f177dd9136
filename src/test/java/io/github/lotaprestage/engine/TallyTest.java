package io.github.lotaprestage.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.Failure.Kind;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.Outcome;
import io.github.lotaprestage.plan.target.Input;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TallyTest {

  private final Tally tally = new Tally();

  private static ObjectRef object(String key, long size) {
    return new ObjectRef("b", key, size, null, null, null);
  }

  private void staged(String key, long size, int attempts, int throttled, long millis) {
    tally.add(
        new Outcome.Prestaged(
            object(key, size),
            null,
            new Outcome.Attempts(attempts, throttled),
            Duration.ofMillis(millis)));
  }

  private void failed(Kind kind) {
    tally.add(
        new Outcome.Failed(
            object("k", 5),
            Failure.local(kind, kind.name(), "test"),
            new Outcome.Attempts(2, 1),
            Duration.ofMillis(9)));
  }

  private Summary summary() {
    return tally.summary(99, Duration.ofSeconds(2));
  }

  @Test
  void numbersAddUp() {
    staged("a", 10, 1, 0, 5);
    staged("b", 20, 3, 2, 7);
    failed(Kind.TRANSIENT);
    tally.add(new Outcome.Skipped(object("dir/", 0), Outcome.Reason.EMPTY, Outcome.Attempts.NONE));
    Summary totals = summary();
    assertThat(totals.listed()).isEqualTo(99);
    assertThat(totals.selected()).isEqualTo(4);
    assertThat(totals.prestaged()).isEqualTo(2);
    assertThat(totals.skipped()).isEqualTo(1);
    assertThat(totals.failed()).isEqualTo(1);
    assertThat(totals.bytes()).isEqualTo(30);
    assertThat(totals.retries()).isEqualTo(3);
    assertThat(totals.throttled()).isEqualTo(3);
    assertThat(totals.objectsPerSecond()).isEqualTo(2);
    assertThat(totals.bytesPerSecond()).isEqualTo(15);
    assertThat(totals.failures())
        .singleElement()
        .satisfies(group -> {
          assertThat(group.code()).isEqualTo("TRANSIENT");
          assertThat(group.count()).isEqualTo(1);
        });
    assertThat(totals.latency()).isEqualTo(new Summary.Latency(5, 7, 7, 7));
  }

  @Test
  void madeUpErrorCodesDoNotFillTheMemory() {
    for (int i = 0; i < 1000; i++) {
      tally.add(
          new Outcome.Failed(
              object("k" + i, 5),
              Failure.local(Kind.REJECTED, "Code" + i, "test"),
              Outcome.Attempts.NONE,
              Duration.ZERO));
    }
    assertThat(summary().failures()).hasSizeLessThanOrEqualTo(101);
    assertThat(summary().failures().getFirst().count()).isEqualTo(900);
    assertThat(summary().failures().stream().mapToLong(FailureGroup::count).sum()).isEqualTo(1000);
  }

  @Test
  void objectsThatARunDidNotGetToDoNotMakeItFaster() {
    staged("a", 10, 1, 0, 5);
    for (int i = 0; i < 1000; i++) {
      tally.add(
          new Outcome.Skipped(
              object("k" + i, 5), Outcome.Reason.INTERRUPTED, Outcome.Attempts.NONE));
    }
    assertThat(summary().objectsPerSecond()).isEqualTo(0.5);
  }

  @Test
  void theSlowestComeFirstAndAreFew() {
    for (int i = 1; i <= 10; i++) {
      staged("k" + i, 1, 1, 0, i);
    }
    assertThat(summary().slowest())
        .extracting(done -> done.object().key())
        .containsExactly("k10", "k9", "k8");
  }

  @Test
  void aFailureThatIsTriedAgainCountsForItsInputOnce() {
    Input first = new Input(0, "first", Input.Kind.TARGET);
    Input second = new Input(1, "second", Input.Kind.LIST);
    Tally both = new Tally(List.of(first, second));
    Outcome.Failed failure =
        new Outcome.Failed(
            object("k", 5).selectedBy(second),
            Failure.local(Kind.TRANSIENT, "Code", "test"),
            Outcome.Attempts.NONE,
            Duration.ZERO);
    both.add(failure);
    both.takeBack(failure);
    both.add(
        new Outcome.Prestaged(failure.object(), null, Outcome.Attempts.NONE, Duration.ofMillis(1)));
    both.add(new Outcome.Planned(object("without an input", 7)));
    assertThat(both.summary(2, Duration.ofSeconds(1)).inputs())
        .containsExactly(
            new InputTotals("first", 0, 0, 0, 1, 7), new InputTotals("second", 1, 0, 0, 0, 5));
  }

  @Test
  void plannedBytesCount() {
    tally.add(new Outcome.Planned(object("a", 7)));
    assertThat(summary().bytes()).isEqualTo(7);
    assertThat(summary().planned()).isEqualTo(1);
    assertThat(summary().latency()).isNull();
  }

  @Test
  void theSameFatalFailureEverywhereIsHopeless() {
    failed(Kind.DENIED);
    failed(Kind.DENIED);
    assertThat(summary().hopeless()).isNotNull();
  }

  @Test
  void oneSuccessMeansThereIsHope() {
    failed(Kind.DENIED);
    staged("a", 1, 1, 0, 1);
    assertThat(summary().hopeless()).isNull();
  }

  @Test
  void differentFailuresAreNotHopeless() {
    failed(Kind.DENIED);
    failed(Kind.UNREACHABLE);
    assertThat(summary().hopeless()).isNull();
  }

  @Test
  void missingKeysAndOverloadAreNotHopeless() {
    failed(Kind.NO_SUCH_KEY);
    assertThat(summary().hopeless()).isNull();
  }

  @Test
  void linesThatNameNoObjectSayNothingAboutTheStore() {
    failed(Kind.INVALID);
    Failure invalid = summary().hopeless();
    assertThat(invalid == null ? null : invalid.kind()).isEqualTo(Kind.INVALID);
    failed(Kind.DENIED);
    Failure denied = summary().hopeless();
    assertThat(denied == null ? null : denied.kind()).isEqualTo(Kind.DENIED);
    staged("a", 1, 1, 0, 1);
    assertThat(summary().hopeless()).isNull();
  }

  @Test
  void bytesSaturate() {
    for (int i = 0; i < 3; i++) {
      staged("k" + i, 9_000_000_000_000_000_000L, 1, 0, 1);
    }
    assertThat(summary().bytes()).isEqualTo(Long.MAX_VALUE);
    assertThat(summary().bytesPerSecond()).isPositive();
  }
}
