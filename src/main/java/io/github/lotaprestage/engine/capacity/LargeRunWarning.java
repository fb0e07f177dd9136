package io.github.lotaprestage.engine.capacity;

import io.github.lotaprestage.engine.Prestager;
import io.github.lotaprestage.object.Outcome;
import java.util.concurrent.atomic.AtomicLong;

/// Warns once when a run without a capacity has staged more than one node caches by default.
///
/// Source: LOTA's documentation, 1 TiB a node by default.
public final class LargeRunWarning implements Prestager.Listener {

  private static final long ONE_NODE = 1L << 40;

  private final AtomicLong bytes = new AtomicLong();
  private final Runnable warning;

  public LargeRunWarning(Runnable warning) {
    this.warning = warning;
  }

  @Override
  public void finished(Outcome outcome) {
    if (outcome instanceof Outcome.Prestaged done) {
      long size = done.object().summableSize();
      long before = bytes.getAndAdd(size);
      if (before <= ONE_NODE && before + size > ONE_NODE) {
        warning.run();
      }
    }
  }
}
