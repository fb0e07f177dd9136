package io.github.lotaprestage.engine;

import static io.github.lotaprestage.engine.RunState.Phase.ABANDONED;
import static io.github.lotaprestage.engine.RunState.Phase.CANCELLED;
import static io.github.lotaprestage.engine.RunState.Phase.DRAINING;
import static io.github.lotaprestage.engine.RunState.Phase.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.engine.RunState.Phase;
import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.Outcome.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RunStateTest {

  private static final Failure WHY =
      Failure.local(Failure.Kind.UNREACHABLE, "NoAnswer", "no answer");

  private final RunState state = new RunState();

  @Test
  void eachPhaseFollowsTheTable() {
    Map<Phase, List<Phase>> afterDeadlineSignalGiveUpAbandon =
        Map.of(
            RUNNING, List.of(DRAINING, CANCELLED, CANCELLED, ABANDONED),
            DRAINING, List.of(DRAINING, DRAINING, CANCELLED, ABANDONED),
            CANCELLED, List.of(CANCELLED, CANCELLED, CANCELLED, ABANDONED),
            ABANDONED, List.of(ABANDONED, ABANDONED, ABANDONED, ABANDONED));
    assertThat(afterDeadlineSignalGiveUpAbandon)
        .allSatisfy((phase, next) ->
            assertThat(Stream.of(RunState.Event.values()).map(phase::after)).isEqualTo(next));
  }

  @Test
  void theFirstReasonCounts() {
    assertThat(state.reason()).isNull();
    assertThat(state.stop(Reason.DEADLINE)).isTrue();
    assertThat(state.stop(Reason.INTERRUPTED)).isFalse();
    assertThat(state.giveUp(WHY)).isTrue();
    assertThat(state.giveUp(WHY)).isFalse();
    state.abandon(Reason.INTERRUPTED);
    assertThat(state.reason()).isEqualTo(Reason.DEADLINE);
    assertThat(state.gaveUp()).isEqualTo(WHY);
    assertThat(state.phase()).isEqualTo(ABANDONED);
  }

  @Test
  void theSourceIsReadToItsEndOnlyAfterADeadline() {
    assertThat(state.readsSource()).isTrue();
    boolean _ = state.stop(Reason.DEADLINE);
    assertThat(state.readsSource()).isTrue();
    boolean _ = state.giveUp(WHY);
    assertThat(state.readsSource()).isFalse();
  }

  @Test
  void aThreadThatWaitsForATimeNoticesAtOnce() throws InterruptedException {
    AtomicBoolean goesOn = new AtomicBoolean(true);
    Thread waiting =
        Thread.startVirtualThread(() -> {
          try {
            goesOn.set(state.pause(Duration.ofDays(1).toNanos()));
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        });
    while (waiting.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    state.abandon(Reason.GAVE_UP);
    waiting.join();
    assertThat(goesOn).isFalse();
  }
}
