package io.github.lotaprestage.report.sink;

import io.github.lotaprestage.object.Outcome;
import java.io.IOException;

/// Warns once when a run without a capacity has staged more than one node caches by default.
///
/// Source: LOTA's documentation, 1 TiB a node by default.
public final class LargeRunSink implements Sink {

  private static final long ONE_NODE = 1L << 40;

  private final Runnable warning;
  private long bytes;

  public LargeRunSink(Runnable warning) {
    this.warning = warning;
  }

  @Override
  public void object(Outcome outcome) {
    if (bytes <= ONE_NODE && outcome instanceof Outcome.Prestaged done) {
      bytes += done.object().summableSize();
      if (bytes > ONE_NODE) {
        warning.run();
      }
    }
  }

  @Override
  public void failed(IOException failure) {
    throw new IllegalStateException("adding up does not fail", failure);
  }
}
