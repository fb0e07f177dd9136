package io.github.lotaprestage.report.sink;

import io.github.lotaprestage.object.SourceException;
import io.github.lotaprestage.plan.OutputOptions;
import io.github.lotaprestage.report.Advice;
import io.github.lotaprestage.report.Console;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Problems, and progress where there is no terminal for a display that changes.
public final class StandardError implements Sink {

  private final Console console;
  private final OutputOptions options;
  private final boolean live;
  private @Nullable Snapshot last;

  /// @param live whether something else shows progress, if it is wanted
  public StandardError(Console console, OutputOptions options, boolean live) {
    this.console = console;
    this.options = options;
    this.live = live;
  }

  @Override
  public void problem(SourceException problem) {
    console.message(problem.getMessage() + Advice.suffix(problem.error()));
  }

  @Override
  public Duration interval() {
    boolean shown =
        switch (options.progress()) {
          case ALWAYS -> true;
          case AUTO -> !options.quiet();
          case NEVER -> false;
        };
    if (live || !shown) {
      return Sink.super.interval();
    }
    return options.progressInterval();
  }

  @Override
  public void progress(Snapshot now) {
    Snapshot before = last;
    last = now;
    if (now.isIdle() && before != null && now.finished() == before.finished()) {
      return; // a watch waits
    } else if (console.isJson()) {
      console.json(ProgressLine.json(now, Instant.now()));
    } else {
      console.progress(ProgressLine.of(now));
    }
  }

  @Override
  public void failed(IOException failure) {
    throw new IllegalStateException("writing to standard error does not fail", failure);
  }
}
