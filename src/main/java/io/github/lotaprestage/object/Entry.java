package io.github.lotaprestage.object;

import io.github.lotaprestage.plan.target.Input;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// An item of a source: an object, or something that fails without a request.
public sealed interface Entry permits ObjectRef, Entry.Unusable {

  /// An item of a source that cannot be staged. It fails alone.
  sealed interface Unusable extends Entry {
    Outcome.Failed outcome();
  }

  /// A line that does not name an object.
  ///
  /// @param text the line, shortened if it is very long
  /// @param problem its position and what is wrong with it
  /// @param input the list that contains it; may be null for the first input
  record BadLine(String text, String problem, @Nullable Input input) implements Unusable {

    /// A line of the first input.
    public BadLine(String text, String problem) {
      this(text, problem, null);
    }

    /// The text stands for the key of an object without a bucket.
    @Override
    public Outcome.Failed outcome() {
      return failed(
          new ObjectRef("", text, null, null, null, null, input),
          Failure.local(Failure.Kind.INVALID, "InvalidTarget", problem));
    }
  }

  /// A named object whose metadata is needed and could not be looked up.
  ///
  /// @param error of the LIST
  record NotLookedUp(ObjectRef object, Failure error) implements Unusable {

    @Override
    public Outcome.Failed outcome() {
      return failed(object, error);
    }
  }

  private static Outcome.Failed failed(ObjectRef object, Failure error) {
    return new Outcome.Failed(object, error, Outcome.Attempts.NONE, Duration.ZERO);
  }

  /// The same entry, read from an input.
  static Entry from(Input input, Entry entry) {
    return switch (entry) {
      case ObjectRef object -> object.selectedBy(input);
      case BadLine line -> new BadLine(line.text(), line.problem(), input);
      case NotLookedUp failed -> new NotLookedUp(failed.object().selectedBy(input), failed.error());
    };
  }
}
