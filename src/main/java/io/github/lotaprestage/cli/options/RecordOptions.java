package io.github.lotaprestage.cli.options;

import io.github.lotaprestage.cli.values.Durations;
import io.github.lotaprestage.cli.values.Values;
import java.time.Duration;

/// What to remember for the next run.
public final class RecordOptions extends OptionSet {

  RecordOptions() {
    super("Records");
  }

  public final Option<String> journal =
      option("--journal")
          .value("FILE", Values.Text.NAME)
          .text("Record staged objects in FILE, and skip objects that FILE already records.")
          .details(
              "An object is skipped if its endpoint, bucket, key and ETag are in FILE. A dry run"
                  + " reads FILE and does not change it.");

  public final Option<Duration> journalMaxAge =
      option("--journal-max-age")
          .value("TIME", Durations.positive())
          .text(
              "Stage objects again that --journal recorded longer ago than TIME, because the cache"
                  + " may have evicted them.")
          .details(
              "TIME is a guess: LOTA evicts the least recently used objects, whatever their age. With"
                  + " this option, entries without a time, which older versions wrote, are ignored.");

  public final Option<String> failedTo =
      option("--failed-to")
          .value("FILE", Values.Text.NAME)
          .text("Write the URIs of objects that are not staged to FILE, for --files-from.")
          .details(
              "FILE is replaced when the run ends, and is empty if everything was staged. Keys that"
                  + " contain line ends are in FILE.nul, for --files-from0. A dry run does not write"
                  + " FILE.");
}
