package io.github.lotaprestage.object;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What came of one object.
public sealed interface Outcome {

  ObjectRef object();

  /// LOTA answered: the whole object is in the cache.
  ///
  /// @param object with everything known of it, from the answer first and the listing second
  /// @param changed whether it was overwritten after it was listed
  /// @param duration from the first attempt to the answer, waits included
  record Prestaged(
      ObjectRef object,
      @Nullable String contentType,
      boolean changed,
      Attempts attempts,
      Duration duration)
      implements Outcome {

    /// An object that is still the one that was listed or named.
    public Prestaged(
        ObjectRef object, @Nullable String contentType, Attempts attempts, Duration duration) {
      this(object, contentType, false, attempts, duration);
    }
  }

  /// Nothing to do for it, or not done on purpose.
  record Skipped(ObjectRef object, Reason reason, Attempts attempts) implements Outcome {}

  /// It is not in the cache, as far as we know.
  record Failed(ObjectRef object, Failure error, Attempts attempts, Duration duration)
      implements Outcome {}

  /// A dry run would have sent its HEAD.
  record Planned(ObjectRef object) implements Outcome {}

  /// Why an object was skipped.
  enum Reason {
    /// No bytes, so nothing to cache.
    EMPTY("empty"),
    /// The time that was set for the run was over.
    DEADLINE("deadline"),
    /// A signal ended the run.
    INTERRUPTED("interrupted"),
    /// The run gave up: nothing more could work.
    GAVE_UP("gave-up"),
    /// An earlier run staged this very version.
    JOURNAL("journal");

    private final String word;

    Reason(String word) {
      this.word = word;
    }

    /// As it is printed.
    public String word() {
      return word;
    }

    /// Whether it should have been staged and was not.
    public boolean isUnsent() {
      return this == DEADLINE || this == INTERRUPTED || this == GAVE_UP;
    }
  }

  /// How many requests it took.
  ///
  /// @param sent requests sent, 0 where none was needed
  /// @param throttled those answered with 429 or 503
  record Attempts(int sent, int throttled) {
    public static final Attempts NONE = new Attempts(0, 0);

    /// Requests beyond the first.
    public int retries() {
      return Math.max(0, sent - 1);
    }
  }
}
