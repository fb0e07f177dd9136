package io.github.lotaprestage.source;

import io.github.lotaprestage.object.Entry;
import io.github.lotaprestage.object.ObjectSource;
import io.github.lotaprestage.object.SourceException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Measures how long a shard waits for a listing that every other shard reads, too.
public final class ListingWait extends ObjectSource.Forwarding {

  /// The shortest run whose listing is worth a hint.
  private static final Duration WORTH_A_HINT = Duration.ofSeconds(10);

  private final LongSupplier nanoTime;
  private final AtomicLong waited = new AtomicLong();

  /// @param nanoTime as [System#nanoTime]
  public ListingWait(ObjectSource source, LongSupplier nanoTime) {
    super(source);
    this.nanoTime = nanoTime;
  }

  /// The advice for a shard that did little else than wait.
  ///
  /// @param elapsed the duration of the run
  public Optional<String> hint(Duration elapsed) {
    long percent = 100 * waited.get() / Math.max(1, elapsed.toNanos());
    return elapsed.compareTo(WORTH_A_HINT) < 0 || percent <= 50
        ? Optional.empty()
        : Optional.of(
            "this shard waited for the listing %d %% of the time, and every shard lists everything;"
                    .formatted(percent)
                + " with --shard-bounds, each shard lists only its own keys");
  }

  @Override
  public @Nullable Entry next() throws SourceException, InterruptedException {
    long begin = nanoTime.getAsLong();
    try {
      return super.next();
    } finally {
      waited.addAndGet(nanoTime.getAsLong() - begin);
    }
  }
}
