package io.github.lotaprestage.cli.options;

import io.github.lotaprestage.cli.values.Instants;
import io.github.lotaprestage.cli.values.Sizes;
import io.github.lotaprestage.cli.values.Values.Text;
import java.time.Instant;
import java.util.List;

/// Which of the objects below the targets to stage.
public final class FilterOptions extends OptionSet {

  FilterOptions() {
    super("Filters");
  }

  public final Option<List<String>> include =
      option("--include")
          .values("GLOB", Text.LITERAL)
          .text(
              "Stage only keys that match, relative to the target's prefix. Wildcards (* and ?) and"
                  + " braces work as in a TARGET.")
          .details(
              "For named objects (keys and lists), the whole key is compared, or the part below the"
                  + " base of its list.");

  public final Option<List<String>> exclude =
      option("--exclude")
          .values("GLOB", Text.LITERAL)
          .text("Skip keys that match, even if --include matches them.");

  public final Option<Long> minSize =
      option("--min-size")
          .value("SIZE", new Sizes())
          .text("Stage only objects of at least SIZE, such as 4MiB.")
          .details("A filter never excludes an object because the store does not report a value.");

  public final Option<Long> maxSize =
      option("--max-size").value("SIZE", new Sizes()).text("Stage only objects of at most SIZE.");

  public final Option<Instant> newerThan =
      option("--newer-than")
          .value("TIME", new Instants())
          .text("Stage only objects modified after TIME: an age (7d, 36h) or an ISO-8601 date.")
          .details("A date without an offset is UTC.");

  public final Option<Instant> olderThan =
      option("--older-than")
          .value("TIME", new Instants())
          .text("Stage only objects modified before TIME.");

  public final Option<List<String>> storageClasses =
      option("--storage-class")
          .values("CLASS", Text.NAME)
          .text("Stage only objects of this storage class, such as STANDARD.")
          .details("Case does not matter.");
}
