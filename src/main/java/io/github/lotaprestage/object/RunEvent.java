package io.github.lotaprestage.object;

/// Something that happens in a run and is reported in its order.
public sealed interface RunEvent permits Outcome, RunEvent.TriedAgain, Round {

  /// An object that failed in an earlier round is staged again, so that failure does not count any
  /// more.
  record TriedAgain(Outcome.Failed failure) implements RunEvent {}
}
