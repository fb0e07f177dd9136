package io.github.lotaprestage.run.end;

import io.github.lotaprestage.engine.FailureGroup;
import io.github.lotaprestage.engine.Prestager;
import io.github.lotaprestage.engine.Summary;
import io.github.lotaprestage.engine.capacity.CapacityLimit;
import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.Outcome;
import io.github.lotaprestage.object.SourceException;
import io.github.lotaprestage.plan.Filters;
import io.github.lotaprestage.plan.Plan;
import io.github.lotaprestage.plan.target.Target;
import io.github.lotaprestage.report.Advice;
import io.github.lotaprestage.report.Console;
import io.github.lotaprestage.report.ExitStatus;
import io.github.lotaprestage.report.format.Units;
import io.github.lotaprestage.report.stop.Continuation;
import io.github.lotaprestage.report.stop.StopTexts;
import io.github.lotaprestage.source.listing.Listing;
import java.util.List;
import java.util.stream.Stream;

/// Says on standard error why a run ended as it did, and what to do next.
public final class Explanation {

  /// The maximum number of inputs that a message names.
  private static final int MAX_NAMED = 3;

  private final Plan plan;
  private final Prestager prestager;
  private final CapacityLimit capacity;
  private final MissingKeyHint missing;
  private final Continuation continuation;
  private final Listing listing;
  private final Console console;

  /// @param listing for a hint at a prefix that was meant in place of a key
  public Explanation(
      Plan plan,
      Prestager prestager,
      CapacityLimit capacity,
      MissingKeyHint missing,
      Continuation continuation,
      Listing listing,
      Console console) {
    this.plan = plan;
    this.prestager = prestager;
    this.capacity = capacity;
    this.missing = missing;
    this.continuation = continuation;
    this.listing = listing;
    this.console = console;
  }

  /// @param complete whether all selected objects have an outcome
  public void explain(ExitStatus status, Summary totals, boolean complete)
      throws InterruptedException {
    switch (status) {
      case OK -> {
        if (plan.dryRun() && !capacity.fits()) {
          warn(overfull(totals));
        }
      }
      case EMPTY_ALLOWED, OUTPUT_CLOSED -> {}
      case SIGHUP, SIGINT, SIGTERM -> {
        warn("interrupted: " + reached(totals, complete));
        warnOfLimits(totals, complete);
      }
      case LIMITED -> warnOfLimits(totals, complete);
      case EMPTY -> console.message(emptiness(totals));
      case FAILED -> {
        console.message(
            "%s of %s failed"
                .formatted(Units.count(totals.failed()), Units.objects(totals.selected())));
        warnOfLimits(totals, complete);
        missing.hint().ifPresent(this::warn);
        hintAtPrefix(totals);
      }
      case USAGE, ERROR -> {
        Failure hopeless = totals.hopeless();
        Failure gaveUp = prestager.gaveUp();
        if (hopeless == null && gaveUp != null) {
          console.message("gave up: %s%s".formatted(gaveUp.describe(), Advice.suffix(gaveUp)));
        } else if (hopeless != null) {
          console.message(
              "no object could be staged: %s%s"
                  .formatted(hopeless.describe(), Advice.suffix(hopeless)));
        } else if (!totals.sourceProblems().isEmpty() && totals.selected() > 0) {
          console.message("some inputs could not be read; the run is incomplete");
        }
      }
    }
  }

  /// Names every limit that kept objects from being staged.
  private void warnOfLimits(Summary totals, boolean complete) {
    boolean more = totals.unsent() > capacity.skipped() || !complete;
    if (prestager.stopped() == Outcome.Reason.DEADLINE && more) {
      warn("stopped at --max-duration: " + reached(totals, complete));
    }
    if (capacity.isExceeded()) {
      warn(overfull(totals));
    }
  }

  private String reached(Summary totals, boolean complete) {
    String reached = StopTexts.reached(totals, plan.dryRun(), complete);
    return complete && totals.unsent() == 0
        ? reached
        : reached + "; " + continuation.next(complete && !plan.dryRun());
  }

  private String overfull(Summary totals) {
    long most = capacity.bytes().orElse(0);
    String share = plan.shard().map(shard -> " (1/" + shard.count() + ")").orElse("");
    String limit = Units.bytes(most) + share;
    String next = "; select less, or raise --nodes or --cache-capacity";
    if (capacity.refusedBytes() > 0) {
      return "nothing was staged: " + tooMuch(capacity.refusedBytes(), most, share) + next;
    }
    if (plan.dryRun()) {
      return tooMuch(capacity.used(), most, share) + next;
    }
    if (capacity.skipped() == 0) {
      return ("the cache holds %s, but the objects of this run take %s: some grew, or an earlier run had"
                  + " staged them")
              .formatted(limit, Units.bytes(capacity.used()))
          + next;
    }
    return "stopped at the capacity of the cache: %s of %s (%s) %s not fit into %s, of which %s"
            .formatted(
                Units.count(capacity.skipped()),
                Units.objects(totals.selected()),
                Units.bytes(capacity.skippedBytes()),
                capacity.skipped() == 1 ? "does" : "do",
                limit,
                Units.bytes(capacity.used()))
        + " are taken"
        + next;
  }

  /// Exact where rounding would hide the difference.
  private static String tooMuch(long bytes, long most, String share) {
    boolean close = Units.bytes(bytes).equals(Units.bytes(most));
    return "%s do not fit into the %s%s of the cache"
        .formatted(
            close ? Units.count(bytes) + " B" : Units.bytes(bytes),
            close ? Units.count(most) + " B" : Units.bytes(most),
            share);
  }

  private String emptiness(Summary totals) {
    String next = "; --allow-empty makes this exit 0";
    String objects = Units.objects(totals.listed());
    boolean filtered = !plan.filters().equals(Filters.NONE);
    if (totals.listed() == 0) {
      return (plan.latest().isPresent()
              ? "nothing to stage: no complete checkpoint in "
              : "nothing matched: no objects in ")
          + where()
          + next;
    }
    if (hasPatterns()) {
      return "nothing matched: %s listed, but none matches %s%s%s"
          .formatted(objects, where(), filtered ? " and the filters" : "", next);
    }
    return filtered
        ? "nothing matched: the filters excluded %s in %s%s".formatted(objects, where(), next)
        : notListed(totals);
  }

  private boolean hasPatterns() {
    return plan.listed().stream().anyMatch(target -> target.pattern().isPresent());
  }

  private String notListed(Summary totals) {
    return "nothing matched: the store listed %s, but none at %s; %s"
        .formatted(Units.objects(totals.listed()), where(), Advice.OTHER_STORE);
  }

  /// Names the inputs.
  private String where() {
    List<String> inputs =
        Stream.of(
                plan.targets().stream().map(Target::toString),
                plan.keyLists().stream()
                    .map(list ->
                        list.isStandardInput() ? "standard input" : "the list " + list.file()),
                plan.manifests().stream().map(manifest -> "the manifest " + manifest.name()))
            .flatMap(each -> each)
            .toList();
    return inputs.size() <= MAX_NAMED
        ? String.join(", ", inputs)
        : String.join(", ", inputs.subList(0, MAX_NAMED))
            + " and "
            + Units.count(inputs.size() - MAX_NAMED)
            + " more";
  }

  /// A prefix without its slash is the usual reason for a single missing key.
  private void hintAtPrefix(Summary totals) throws InterruptedException {
    boolean oneMissingKey =
        plan.targets().size() == 1
            && plan.keyLists().isEmpty()
            && plan.manifests().isEmpty()
            && totals.failures().stream()
                .map(FailureGroup::code)
                .anyMatch(code -> code.equals("NoSuchKey") || code.equals("NotFound"));
    if (oneMissingKey && plan.targets().getFirst() instanceof Target.Key named) {
      try {
        String prefix = named.key() + "/";
        if (!listing.page(Listing.Query.first(named.bucket(), prefix)).objects().isEmpty()) {
          warn(
              "objects exist below %s/ ; end the target with a slash to stage them"
                  .formatted(named));
        }
      } catch (SourceException e) {
        warn("could not look for objects below %s/ : %s".formatted(named, e.getMessage()));
      }
    }
  }

  private void warn(String text) {
    console.message(Console.Level.WARN, text);
  }
}
