package io.github.lotaprestage.object;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The outcome of one object.
public sealed interface Outcome extends RunEvent {

  ObjectRef object();

  /// LOTA answered: the whole object is in the cache.
  ///
  /// @param object its metadata comes from the answer, otherwise from the listing
  /// @param changed whether it was overwritten after it was listed
  /// @param duration the time from the first attempt to the answer, backoff included
  record Prestaged(
      ObjectRef object,
      @Nullable String contentType,
      boolean changed,
      Attempts attempts,
      Duration duration)
      implements Outcome {

    /// An object that was not overwritten since it was listed.
    public Prestaged(
        ObjectRef object, @Nullable String contentType, Attempts attempts, Duration duration) {
      this(object, contentType, false, attempts, duration);
    }
  }

  /// The object was not sent: nothing to do for it, or the run ended first.
  record Skipped(ObjectRef object, Reason reason, Attempts attempts) implements Outcome {}

  /// The object is not known to be in the cache.
  record Failed(ObjectRef object, Failure error, Attempts attempts, Duration duration)
      implements Outcome {

    /// The same with more words at the end of its message.
    public Failed with(String addition) {
      return new Failed(
          object,
          error.as(error.kind(), error.code(), error.message() + addition),
          attempts,
          duration);
    }
  }

  /// A real run would send its HEAD.
  record Planned(ObjectRef object) implements Outcome {}

  /// Why an object was skipped.
  enum Reason {
    /// The object has no bytes to cache.
    EMPTY("empty"),
    /// The run reached `--max-duration`.
    DEADLINE("deadline"),
    /// A signal ended the run.
    INTERRUPTED("interrupted"),
    /// The run gave up, because nothing could work any more.
    GAVE_UP("gave-up"),
    /// It does not fit into the cache.
    OVER_CAPACITY("over-capacity"),
    /// An earlier run staged this version.
    JOURNAL("journal");

    private final String word;

    Reason(String word) {
      this.word = word;
    }

    /// The word that is printed.
    public String word() {
      return word;
    }

    /// Whether the object should have been staged and was not.
    public boolean isUnsent() {
      return this != EMPTY && this != JOURNAL;
    }

    /// Whether the end of the run is the reason, for which the object itself does not matter.
    public boolean isEndOfRun() {
      return this == DEADLINE || this == INTERRUPTED || this == GAVE_UP;
    }
  }

  /// The number of requests for an object.
  ///
  /// @param sent requests sent; 0 if none was needed
  /// @param throttled those answered with 429 or 503
  record Attempts(int sent, int throttled) {
    public static final Attempts NONE = new Attempts(0, 0);

    /// The requests after the first.
    public int retries() {
      return Math.max(0, sent - 1);
    }
  }
}
