package io.github.lotaprestage.engine.pace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PacerTest {

  private final AtomicLong now = new AtomicLong();
  private final List<Long> waits = new ArrayList<>();

  private Pacer pacer(double perSecond) {
    return new Pacer(
        perSecond,
        now::get,
        nanos -> {
          waits.add(nanos / 1_000_000);
          now.addAndGet(nanos);
          return true;
        });
  }

  @Test
  void requestsAreSpacedAndNothingIsSavedUp() throws InterruptedException {
    Pacer pacer = pacer(10);
    for (int i = 0; i < 3; i++) {
      assertThat(pacer.await()).isNotEqualTo(Pacer.STOPPED);
    }
    assertThat(waits).containsExactly(100L, 100L);
    now.addAndGet(5_000_000_000L);
    assertThat(pacer.await()).isNotEqualTo(Pacer.STOPPED);
    assertThat(pacer.await()).isNotEqualTo(Pacer.STOPPED);
    assertThat(waits).containsExactly(100L, 100L, 90L);
  }

  @Test
  void withoutALimitOnlyTheStartIsSpaced() throws InterruptedException {
    Pacer pacer = pacer(0);
    for (int i = 0; i < 32; i++) {
      assertThat(pacer.await()).isNotEqualTo(Pacer.STOPPED);
    }
    assertThat(waits).isEmpty();
    for (int i = 0; i < 100_000; i++) {
      assertThat(pacer.await()).isNotEqualTo(Pacer.STOPPED);
    }
    assertThat(now.get()).isBetween(50_000_000L, 80_000_000L);
  }

  @Test
  void aRunThatStopsSendsNothing() throws InterruptedException {
    Pacer pacer = new Pacer(1, now::get, _ -> false);
    assertThat(pacer.await()).isNotEqualTo(Pacer.STOPPED);
    assertThat(pacer.await()).isEqualTo(Pacer.STOPPED);
  }
}
