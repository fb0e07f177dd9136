package io.github.lotaprestage.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Cli;
import io.github.lotaprestage.fixture.Fault;
import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.MemoryOrigin;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Stores that limit requests per second, with default settings.
@Timeout(120)
class RateLimitTest {

  /// Accepts `most` a second; `countsRefused` requests too, or only accepted ones.
  private static BooleanSupplier limiter(int most, boolean countsRefused) {
    Deque<Long> seen = new ArrayDeque<>();
    return () -> {
      synchronized (seen) {
        long now = System.nanoTime();
        while (!seen.isEmpty() && now - seen.peek() > 1_000_000_000L) {
          seen.remove();
        }
        boolean accepted = seen.size() < most;
        if (accepted || countsRefused) {
          seen.add(now);
        }
        return accepted;
      }
    };
  }

  private static void stage(int objects, int status, BooleanSupplier limiter) {
    MemoryOrigin origin = new MemoryOrigin().bucket("bucket");
    for (int i = 0; i < objects; i++) {
      origin.put("bucket", "k%05d".formatted(i), 1 + i % 7);
    }
    try (LotaEmulator lota =
        LotaEmulator.before(origin)
            .keepNothing()
            .faults((request, _, _, _) ->
                request.method().equals("HEAD") && !limiter.getAsBoolean()
                    ? Fault.status(status, "SlowDown")
                    : Fault.NONE)
            .start()) {
      Cli.at(lota).json("-q s3://bucket").exits(0).prestaged(objects);
      assertThat((double) lota.seen().rangedHeads() / objects)
          .as("below 1.5 on an idle machine, above 5 without a learned rate")
          .isLessThan(2);
    }
  }

  @Test
  void aLimitOnAcceptedRequestsPerSecond() {
    stage(400, 429, limiter(50, false));
  }

  @Test
  void aLimitThatCountsRefusedRequestsToo() {
    stage(2000, 503, limiter(300, true));
  }
}
