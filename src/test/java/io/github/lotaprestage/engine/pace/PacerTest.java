package io.github.lotaprestage.engine.pace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// In the time of a clock that moves only while a request waits.
class PacerTest {

  private long now;
  private final List<Long> waits = new ArrayList<>();

  private void send(Pacer pacer) {
    long wait = pacer.delay(now);
    if (wait > 0) {
      waits.add(wait / 1_000_000);
      now += wait;
    }
    pacer.sending(now);
  }

  @Test
  void requestsAreSpacedAndNothingIsSavedUp() {
    Pacer pacer = new Pacer(10, now);
    for (int i = 0; i < 3; i++) {
      send(pacer);
    }
    assertThat(waits).containsExactly(100L, 100L);
    now += 5_000_000_000L;
    send(pacer);
    send(pacer);
    assertThat(waits).containsExactly(100L, 100L, 90L);
  }

  @Test
  void withoutALimitOnlyTheStartIsSpaced() {
    Pacer pacer = new Pacer(0, now);
    assertThat(pacer.limits()).isTrue();
    for (int i = 0; i < 32; i++) {
      send(pacer);
    }
    assertThat(waits).isEmpty();
    for (int i = 0; i < 100_000; i++) {
      send(pacer);
    }
    assertThat(now).isBetween(50_000_000L, 80_000_000L);
    assertThat(pacer.limits()).isFalse();
  }
}
