package io.github.lotaprestage.engine;

import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.Outcome;
import io.github.lotaprestage.plan.target.Input;

/// Adds up the outcomes of one input.
final class InputTally {

  private final Input input;
  private long prestaged;
  private long skipped;
  private long failed;
  private long planned;
  private long bytes;

  InputTally(Input input) {
    this.input = input;
  }

  void add(Outcome outcome) {
    switch (outcome) {
      case Outcome.Prestaged done -> {
        prestaged++;
        addBytes(done.object());
      }
      case Outcome.Skipped _ -> skipped++;
      case Outcome.Failed _ -> failed++;
      case Outcome.Planned done -> {
        planned++;
        addBytes(done.object());
      }
    }
  }

  private void addBytes(ObjectRef object) {
    if (object.size() != null) {
      bytes = ObjectRef.sum(bytes, object.size());
    }
  }

  void takeBack() {
    failed--;
  }

  String name() {
    return input.name();
  }

  InputTotals totals() {
    return new InputTotals(input.name(), prestaged, skipped, failed, planned, bytes);
  }
}
