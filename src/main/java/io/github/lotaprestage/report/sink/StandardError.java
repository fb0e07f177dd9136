package io.github.lotaprestage.report.sink;

import io.github.lotaprestage.object.SourceException;
import io.github.lotaprestage.plan.OutputOptions;
import io.github.lotaprestage.report.Advice;
import io.github.lotaprestage.report.Console;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Progress and problems.
public final class StandardError implements Sink {

  private static final Duration LIVE_INTERVAL = Duration.ofMillis(200);

  private final Console console;
  private final OutputOptions options;
  private @Nullable Snapshot last;

  public StandardError(Console console, OutputOptions options) {
    this.console = console;
    this.options = options;
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
    if (!shown) {
      return Sink.super.interval();
    }
    return console.isTerminal() ? LIVE_INTERVAL : options.progressInterval();
  }

  @Override
  public void progress(Snapshot now) {
    Snapshot before = last;
    last = now;
    if (console.isTerminal()) {
      console.live(ProgressLine.of(now));
    } else if (now.isIdle() && before != null && now.finished() == before.finished()) {
      return; // a watch waits
    } else if (console.isJson()) {
      console.json(ProgressLine.json(now, Instant.now()));
    } else {
      console.progress(ProgressLine.of(now));
    }
  }

  @Override
  public void flush() {
    console.redraw();
  }

  @Override
  public void end() {
    console.eraseLive();
  }

  @Override
  public void failed(IOException failure) {
    throw new IllegalStateException("writing to standard error does not fail", failure);
  }
}
