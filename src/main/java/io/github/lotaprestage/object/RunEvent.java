package io.github.lotaprestage.object;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Something that happens in a run and is reported in its order.
public sealed interface RunEvent permits Outcome, RunEvent.TriedAgain, RunEvent.Round {

  /// An object that failed in an earlier round is staged again, so that failure does not count any
  /// more.
  record TriedAgain(Outcome.Failed failure) implements RunEvent {}

  /// What one round of a watch found and did.
  ///
  /// @param number from 1
  /// @param prestaged objects that were staged
  /// @param skipped objects that need no staging, such as those in the journal; each counts once
  /// @param failed objects that failed in this round
  /// @param unchanged objects that an earlier round dealt with
  /// @param bytes of the staged objects
  /// @param problem what could not be listed or read; null if there was nothing
  record Round(
      long number,
      long prestaged,
      long skipped,
      long failed,
      long unchanged,
      long bytes,
      Duration duration,
      @Nullable Failure problem)
      implements RunEvent {

    /// Whether something happened that a person wants to know.
    public boolean isEventful() {
      return prestaged + skipped + failed > 0 || problem != null;
    }
  }
}
