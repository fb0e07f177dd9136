package io.github.lotaprestage.report.sink;

import io.github.lotaprestage.object.Outcome;
import io.github.lotaprestage.report.plan.PlanTally;
import java.io.IOException;

/// Adds planned objects to the plan of a dry run.
public final class PlanSink implements Sink {

  private final PlanTally tally;

  public PlanSink(PlanTally tally) {
    this.tally = tally;
  }

  @Override
  public void object(Outcome outcome) {
    switch (outcome) {
      case Outcome.Planned planned -> tally.add(planned.object());
      case Outcome.Failed _ -> tally.failed();
      case Outcome.Prestaged _, Outcome.Skipped _ -> {}
    }
  }

  @Override
  public void failed(IOException failure) {
    throw new IllegalStateException("adding up does not fail", failure);
  }
}
