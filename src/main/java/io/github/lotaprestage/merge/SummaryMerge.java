package io.github.lotaprestage.merge;

import io.github.lotaprestage.engine.InputTotals;
import io.github.lotaprestage.engine.Summary;
import io.github.lotaprestage.files.FileReason;
import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.plan.OutputOptions;
import io.github.lotaprestage.report.Console;
import io.github.lotaprestage.report.ExitStatus;
import io.github.lotaprestage.report.ResultWriter;
import io.github.lotaprestage.report.RunReport;
import io.github.lotaprestage.report.file.ResultFiles;
import io.github.lotaprestage.run.FileReading;
import io.github.lotaprestage.run.ProcessContext;
import io.github.lotaprestage.run.end.FinalReport;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// Merges the summaries of several runs into one, with one exit code: that of the run that ended
/// worst. Shards that are missing or given twice make it [ExitStatus#ERROR].
///
/// Counts are sums. The runs are taken to have gone on at the same time, so the duration is that of
/// the longest. Latencies cannot be merged and are left out.
public final class SummaryMerge implements FileReading.Reading {

  private final List<String> files;
  private final boolean allowEmpty;
  private final OutputOptions output;
  private final ResultFiles results;
  private final ProcessContext around;
  private final Console console;
  private volatile String reading = "";

  /// @param files each with the summary of one run, or a list of summaries
  /// @param allowEmpty whether runs without any object succeed
  public SummaryMerge(
      List<String> files,
      boolean allowEmpty,
      OutputOptions output,
      ResultFiles results,
      ProcessContext around,
      Console console) {
    this.files = files;
    this.allowEmpty = allowEmpty;
    this.output = output;
    this.results = results;
    this.around = around;
    this.console = console;
  }

  /// Reads the files. What follows writes the merged summary.
  @Override
  public Callable<ExitStatus> read() {
    List<Part> parts = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (String file : files) {
      reading = file;
      try {
        List<Part> found = Part.read(file);
        parts.addAll(found);
        if (found.isEmpty()) {
          problems.add(file + " contains no summary; that run did not end, or it is another file");
        }
      } catch (IOException e) {
        problems.add(file + " cannot be read: " + FileReason.of(e));
      }
    }
    return () -> merge(parts, problems);
  }

  /// The file that is being read.
  public String reading() {
    return reading;
  }

  private ExitStatus merge(List<Part> parts, List<String> problems) {
    if (parts.stream().filter(part -> !part.hasNotBegun()).map(Part::isDryRun).distinct().count()
        > 1) {
      problems.add("some of the runs were dry runs, and the others were not");
    }
    ShardCount shards = new ShardCount(parts);
    if (shards.shards() == null && Set.copyOf(files).size() < files.size()) {
      problems.add("a file is given more than once");
    }
    problems.addAll(shards.problems());
    problems.forEach(console::message);
    Summary totals = totals(parts);
    ExitStatus status = status(parts, totals, !problems.isEmpty());
    RunReport report =
        new RunReport(
            totals,
            status,
            problems.isEmpty()
                && parts.stream().allMatch(part -> part.summary().isTrue("listing_complete")),
            endpoint(parts),
            problems.isEmpty()
                ? error(parts)
                : Failure.local(Failure.Kind.FILE, "IncompleteMerge", String.join("; ", problems)),
            RunReport.Details.merged(shards.shards()));
    return new FinalReport(results, console).write(status, report, null, (_, last) -> write(last));
  }

  private @Nullable IOException write(RunReport report) {
    if (output.detail() == OutputOptions.Detail.FAILURES) {
      return null;
    }
    try {
      ResultWriter writer = ResultWriter.of(output.format(), around.out(), console, around.style());
      writer.summary(report);
      writer.flush();
      return null;
    } catch (IOException e) {
      return e;
    }
  }

  private ExitStatus status(List<Part> parts, Summary totals, boolean incomplete) {
    Set<ExitStatus> all = EnumSet.noneOf(ExitStatus.class);
    parts.forEach(part -> all.add(part.status()));
    if (incomplete) {
      all.add(ExitStatus.ERROR);
    }
    ExitStatus worst = ExitStatus.worst(all);
    boolean allWell = worst == ExitStatus.OK || worst == ExitStatus.EMPTY_ALLOWED;
    if (allWell || (worst == ExitStatus.EMPTY && allowEmpty)) {
      return totals.selected() > 0
          ? ExitStatus.OK
          : allowEmpty ? ExitStatus.EMPTY_ALLOWED : ExitStatus.EMPTY;
    }
    return worst;
  }

  private static Summary totals(List<Part> parts) {
    long selected =
        sum(parts, "prestaged")
            + sum(parts, "skipped")
            + sum(parts, "failed")
            + sum(parts, "planned");
    long finished = total(parts, Part::finished);
    double seconds =
        parts.stream()
            .mapToDouble(part -> part.summary().decimal("elapsed_seconds"))
            .max()
            .orElse(0);
    return new Summary(
        listed(parts),
        sum(parts, "prestaged"),
        sum(parts, "skipped"),
        stoppedEarly(parts) ? Math.max(0, selected - finished) : 0,
        sum(parts, "failed"),
        sum(parts, "planned"),
        sum(parts, "bytes"),
        sum(parts, "retries"),
        sum(parts, "throttled"),
        Duration.ofMillis(Math.round(seconds * 1000)),
        null,
        List.of(),
        List.of(),
        null,
        List.of(),
        inputs(parts));
  }

  /// Every shard by hash lists everything.
  private static long listed(List<Part> parts) {
    long most = 0;
    long others = 0;
    for (Part part : parts) {
      long listed = part.summary().number("listed");
      if (part.shard() != null && part.shard().bounds() == null) {
        most = Math.max(most, listed);
      } else {
        others = plus(others, listed);
      }
    }
    return plus(most, others);
  }

  /// Only such runs have objects that were not finished.
  private static boolean stoppedEarly(List<Part> parts) {
    return parts.stream()
        .anyMatch(part -> part.status() != ExitStatus.OK && part.status() != ExitStatus.FAILED);
  }

  private static long sum(List<Part> parts, String name) {
    return total(parts, part -> part.summary().number(name));
  }

  private static long total(List<Part> parts, ToLongFunction<Part> number) {
    return parts.stream().mapToLong(number).reduce(0, SummaryMerge::plus);
  }

  private static long plus(long one, long other) {
    return ObjectRef.sum(one, Math.max(0, other));
  }

  private static List<InputTotals> inputs(List<Part> parts) {
    Map<String, InputTotals> inputs = new LinkedHashMap<>();
    for (Part part : parts) {
      for (JsonLine target : part.summary().objects("targets")) {
        InputTotals more =
            new InputTotals(
                String.valueOf(target.text("target")),
                target.number("prestaged"),
                target.number("skipped"),
                target.number("failed"),
                target.number("planned"),
                target.number("bytes"));
        inputs.merge(more.name(), more, SummaryMerge::plus);
      }
    }
    return List.copyOf(inputs.values());
  }

  private static InputTotals plus(InputTotals one, InputTotals other) {
    return new InputTotals(
        one.name(),
        plus(one.prestaged(), other.prestaged()),
        plus(one.skipped(), other.skipped()),
        plus(one.failed(), other.failed()),
        plus(one.planned(), other.planned()),
        plus(one.bytes(), other.bytes()));
  }

  /// The endpoint of all runs; null if they had different ones.
  private static @Nullable String endpoint(List<Part> parts) {
    List<String> endpoints =
        parts.stream()
            .map(part -> part.summary().text("endpoint"))
            .filter(Objects::nonNull)
            .distinct()
            .toList();
    return endpoints.size() == 1 ? endpoints.getFirst() : null;
  }

  /// The error of the first run that has one.
  private static @Nullable Failure error(List<Part> parts) {
    return parts.stream()
        .map(part -> part.summary().object("error"))
        .filter(Objects::nonNull)
        .findFirst()
        .map(error ->
            new Failure(
                error.isTrue("retryable") ? Failure.Kind.TRANSIENT : Failure.Kind.REJECTED,
                String.valueOf(error.text("code")),
                error.has("http_status") ? (int) error.number("http_status") : null,
                String.valueOf(error.text("message")),
                error.text("request_id"),
                null))
        .orElse(null);
  }
}
