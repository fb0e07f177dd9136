package io.github.lotaprestage.run;

import io.github.lotaprestage.report.ExitStatus;
import io.github.lotaprestage.report.file.ResultFiles;
import io.github.lotaprestage.run.end.EarlyEnd;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Reads files before anything is sent. A file may be a pipe to which nothing is written, so this
/// is watched as a run is: it ends at the deadline and at signals.
public final class FileReading implements Watchdog.Watched {

  /// Reads files; it may wait for them.
  public interface Reading {
    /// @return what follows; it waits for nothing
    Callable<ExitStatus> read() throws Exception;
  }

  private final Reading reading;
  private final Supplier<String> waitingFor;
  private final EarlyEnd end;
  private final ResultFiles results;
  private final AtomicBoolean ending = new AtomicBoolean();
  private volatile ExitStatus stopped = ExitStatus.LIMITED;

  /// @param waitingFor the file that is being read now, for a message
  /// @param end of a reading that is stopped
  public FileReading(
      Reading reading, Supplier<String> waitingFor, EarlyEnd end, ResultFiles results) {
    this.reading = reading;
    this.waitingFor = waitingFor;
    this.end = end;
    this.results = results;
  }

  @Override
  public @Nullable ExitStatus run() throws Exception {
    Callable<ExitStatus> rest = reading.read();
    return takeEnd() ? rest.call() : null;
  }

  @Override
  public Duration stop(ExitStatus why) {
    stopped = why;
    return Duration.ZERO;
  }

  @Override
  public boolean takeEnd() {
    return ending.compareAndSet(false, true);
  }

  @Override
  public @Nullable ExitStatus forceEnd() {
    if (!takeEnd()) {
      return null;
    }
    ExitStatus status = end.write(stopped, null, stopped);
    end.explain(stopped, waitingFor.get());
    return status;
  }

  @Override
  public ExitStatus cutOff(ExitStatus why) throws InterruptedException {
    results.cutOff(why);
    return why;
  }
}
