package io.github.lotaprestage.cli.options;

import io.github.lotaprestage.cli.values.Values;
import io.github.lotaprestage.cli.values.Values.Text;
import io.github.lotaprestage.plan.Latest;

/// Which checkpoints to stage.
public final class CheckpointOptions extends OptionSet {

  CheckpointOptions() {
    super("Checkpoints");
  }

  public final Option<Integer> latest =
      option("--latest")
          .value("N", new Values.WholeNumber(1, 1_000_000))
          .text(
              "Stage only the N newest complete checkpoints below each prefix. Then * stands for one"
                  + " level of directories.")
          .details(
              "Nothing outside these checkpoints is staged. A message for each says what was chosen"
                  + " and why. A checkpoint that can be seen to be incomplete is never chosen. Exit 4 if"
                  + " none is complete.");

  public final Option<Latest.Layout> checkpointLayout =
      option("--checkpoint-layout")
          .value("NAME", new Values.Word<>(Latest.Layout.class))
          .defaultsTo("auto")
          .text("With --latest: the framework that wrote the checkpoints, such as megatron.")
          .details("'auto' recognises the framework by the names below the prefix.");

  public final Option<Latest.By> latestBy =
      option("--latest-by")
          .value("ORDER", new Values.Word<>(Latest.By.class))
          .defaultsTo("auto")
          .text(
              "With --latest: what makes a checkpoint the newest: auto (the rule of its framework),"
                  + " name (the numbers in it) or modified.")
          .details("'modified' lists all objects below the prefix.");

  public final Option<String> requireChild =
      option("--require-child")
          .value("NAME", Text.LITERAL)
          .text("With --latest: a checkpoint is complete if it contains this object or directory.");
}
