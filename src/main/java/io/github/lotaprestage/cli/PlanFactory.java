package io.github.lotaprestage.cli;

import io.github.lotaprestage.cli.options.ConnectionOptions;
import io.github.lotaprestage.cli.options.DisplayOptions;
import io.github.lotaprestage.cli.options.FilterOptions;
import io.github.lotaprestage.cli.options.LimitOptions;
import io.github.lotaprestage.cli.options.Options;
import io.github.lotaprestage.cli.options.RecordOptions;
import io.github.lotaprestage.cli.options.StagingOptions;
import io.github.lotaprestage.plan.Capacity;
import io.github.lotaprestage.plan.Filters;
import io.github.lotaprestage.plan.InputFile;
import io.github.lotaprestage.plan.Limits;
import io.github.lotaprestage.plan.OutputOptions;
import io.github.lotaprestage.plan.Plan;
import io.github.lotaprestage.plan.RetryPolicy;
import io.github.lotaprestage.plan.RunFiles;
import io.github.lotaprestage.plan.Shard;
import io.github.lotaprestage.plan.StoreOptions;
import io.github.lotaprestage.plan.target.Glob;
import io.github.lotaprestage.plan.target.KeyList;
import io.github.lotaprestage.plan.target.S3Uri;
import io.github.lotaprestage.run.RunFileChecks;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/// Turns options into a plan and validates them as a whole. Nothing downstream validates them
/// again.
final class PlanFactory {

  /// Longer times are limited to this, so that they fit into milliseconds everywhere.

  private final UsageChecks checks;

  private final ShardFactory shards;
  private final Map<String, String> env;

  /// @param commandLine the command line for usage errors
  /// @param env for the index of a shard and the names of files
  PlanFactory(CommandLine commandLine, Map<String, String> env) {
    this.checks = new UsageChecks(commandLine);
    this.env = env;
    this.shards = new ShardFactory(checks, env);
  }

  /// The files of the run. They are checked first and by themselves, so that other usage errors can
  /// be written to one of them.
  ///
  /// @throws ParameterException if the files are invalid, alone or together
  RunFiles files(Options options) {
    List<KeyList> lists =
        Stream.concat(
                lists(options.lists().filesFrom.get(), options.lists().filesFormat.get().format()),
                lists(options.lists().filesFrom0.get(), KeyList.Format.KEYS_WITH_NUL))
            .toList();
    RunFiles files = runFiles(options, lists);
    requireKept(files, options.lists().manifests.get(), "a manifest");
    String bounds = options.filters().shardBounds.orNull();
    requireKept(files, bounds == null ? List.of() : List.of(bounds), "the bounds of shards");
    requireKept(files, merged(options), "a summary");
    RunFileChecks.overwrittenConfiguration(files, store(options.connection()), env)
        .ifPresent(problem -> {
          throw checks.usage(problem);
        });
    return files;
  }

  private void requireKept(RunFiles files, List<String> inputs, String what) {
    RunFileChecks.overwritten(
            files, inputs.stream().map(input -> new InputFile(what, Path.of(input))).toList())
        .ifPresent(problem -> {
          throw checks.usage(problem);
        });
  }

  /// @param files of [#files]
  /// @throws ParameterException if the options are invalid, alone or together
  Plan plan(Options options, RunFiles files) {
    Filters filters = filters(options.filters()); // first: one may have taken a TARGET as its value
    RequestFactory.Request request = new RequestFactory(checks, options).request();
    StagingOptions staging = options.staging();
    DisplayOptions display = options.display();
    String bounds = options.filters().shardBounds.orNull();
    checks.require(
        !options.connection().doctor.get()
            || bounds == null
            || !RunFileChecks.isPipe(checks.inputFile("--shard-bounds", bounds)),
        "--doctor does not read --shard-bounds %s, because a pipe may keep it waiting; use a file"
            .formatted(bounds));
    Optional<Shard> shard = shards.shard(options.filters(), request.inputs(), staging.dryRun.get());
    return Plan.builder()
        .targets(request.targets())
        .keyLists(request.lists())
        .manifests(request.manifests())
        .inputs(request.inputs())
        .latest(request.latest())
        .filters(filters)
        .shard(shard)
        .store(store(options.connection()))
        .limits(limits(staging, options.limits()))
        .capacity(
            capacity(options.limits(), request, staging.dryRun.get())
                .map(whole -> shard.map(whole::partOf).orElse(whole)))
        .retry(RetryPolicy.attempts(staging.maxAttempts.get()))
        .files(files)
        .largestFirst(staging.order.get() == StagingOptions.Order.LARGEST_FIRST)
        .watch(watch(options, request))
        .sampleReads(sampleReads(staging))
        .dryRun(staging.dryRun.get())
        .allowEmpty(display.allowEmpty.get())
        .output(output(display))
        .build();
  }

  private static StoreOptions store(ConnectionOptions connection) {
    return StoreOptions.builder()
        .endpointUrl(connection.endpointUrl.orNull())
        .region(connection.region.orNull())
        .profile(connection.profile.orNull())
        .pathStyle(connection.pathStyle.get())
        .caBundle(connection.caBundle.orNull())
        .unsigned(connection.noSignRequest.get())
        .build();
  }

  static OutputOptions output(DisplayOptions display) {
    return OutputOptions.builder()
        .format(display.format.get())
        .detail(display.detail())
        .progress(display.progress.get())
        .progressInterval(display.progressInterval.get())
        .build();
  }

  /// Files that follow the option without it look like targets.
  private static List<String> merged(Options options) {
    List<String> named = options.display().mergeSummaries.get();
    return named.isEmpty()
        ? List.of()
        : Stream.concat(named.stream(), options.targets().targets.get().stream()).toList();
  }

  /// The summaries to merge; none if the program is to do something else.
  ///
  /// @throws ParameterException if one of them is not a file, or other options do not go with it
  List<String> summaries(Options options) {
    String merge = "--merge-summaries";
    List<String> files = merged(options);
    if (files.isEmpty()) {
      return files;
    }
    for (String option :
        List.of(
            "--bucket",
            "--files-from",
            "--files-from0",
            "--manifest",
            "--latest",
            "--watch",
            "--doctor",
            "--dry-run",
            "--shard",
            "--shards",
            "--shard-bounds",
            "--journal",
            "--failed-to")) {
      checks.require(
          !checks.onCommandLine(option),
          merge + " reads summaries and stages nothing; remove " + option);
    }
    for (String file : files) {
      checks.require(
          !file.startsWith(S3Uri.SCHEME),
          merge + " reads files and stages nothing; remove " + file);
      checks.inputFile(merge, file);
    }
    return files;
  }

  private static Stream<KeyList> lists(List<String> files, KeyList.Format format) {
    return files.stream().map(file -> new KeyList(file, Optional.empty(), format));
  }

  private RunFiles runFiles(Options options, List<KeyList> lists) {
    RecordOptions records = options.records();
    DisplayOptions display = options.display();
    Path failedTo = checks.outputFile("--failed-to", records.failedTo.orNull());
    checks.require(
        !checks.onCommandLine("--journal-max-age") || records.journal.orNull() != null,
        "--journal-max-age needs --journal");
    RunFiles files =
        RunFiles.builder()
            .journal(checks.outputFile("--journal", records.journal.orNull()))
            .journalMaxAge(records.journalMaxAge.orNull())
            .failedTo(failedTo)
            .failedToIsInput(failedTo != null && RunFileChecks.isInput(failedTo, lists))
            .metrics(checks.outputFile("--metrics-file", display.metricsFile.orNull()))
            .bounds(shards.written(options.filters()).orElse(null))
            .report(checks.outputFile("--report", display.report.orNull()))
            .summary(checks.outputFile("--summary-file", display.summaryFile.orNull()))
            .build();
    RunFileChecks.problem(files, lists, display.format.get())
        .ifPresent(problem -> {
          throw checks.usage(problem);
        });
    return files;
  }

  private Optional<Capacity> capacity(
      LimitOptions limits, RequestFactory.Request request, boolean dryRun) {
    Integer nodes = limits.nodes.orNull();
    Long bytes = limits.cacheCapacity.orNull();
    if (checks.onCommandLine("--cache-capacity") && !checks.onCommandLine("--nodes")) {
      nodes = null; // the command line wins over the environment
    } else if (checks.onCommandLine("--nodes") && !checks.onCommandLine("--cache-capacity")) {
      bytes = null;
    }
    checks.require(
        nodes == null || bytes == null,
        "give either --nodes or --cache-capacity, because each of them sets the capacity");
    checks.require(
        nodes != null || !checks.onCommandLine("--node-cache"), "--node-cache needs --nodes");
    if (nodes == null && bytes == null) {
      checks.require(
          !checks.onCommandLine("--capacity-policy"),
          "--capacity-policy needs --nodes or --cache-capacity");
      return Optional.empty();
    }
    Capacity capacity =
        new Capacity(
            bytes == null ? total(Objects.requireNonNull(nodes), limits.nodeCache.get()) : bytes,
            limits.capacityPolicy.get());
    checks.require(capacity.bytes() > 0, "the capacity of the cache must be greater than zero");
    checks.require(
        capacity.policy() != Capacity.Policy.REFUSE || dryRun || request.isRepeatable(),
        "'--capacity-policy refuse' reads everything twice, which standard input and pipes do not"
            + " allow; write it to a file first");
    return Optional.of(capacity);
  }

  private static long total(int nodes, long each) {
    return each > Long.MAX_VALUE / nodes ? Long.MAX_VALUE : nodes * each;
  }

  private Optional<Duration> watch(Options options, RequestFactory.Request request) {
    Duration every = options.limits().watch.orNull();
    if (every == null) {
      return Optional.empty();
    }
    checks.require(
        request.isRepeatable(),
        "--watch reads everything again, but not standard input or a pipe; write it to a file first");
    checks.require(!options.staging().dryRun.get(), "--watch stages; remove --dry-run");
    checks.require(
        options.records().failedTo.orNull() == null,
        "--watch tries failed objects again; remove --failed-to");
    checks.require(
        options.staging().sampleReads.orNull() == null,
        "--sample-reads are made at the end of a run; remove --watch or --sample-reads");
    checks.require(
        options.limits().capacityPolicy.get() != Capacity.Policy.REFUSE,
        "'--capacity-policy refuse' needs to know all objects; with --watch use stop");
    return Optional.of(every);
  }

  private int sampleReads(StagingOptions staging) {
    Integer count = staging.sampleReads.orNull();
    checks.require(
        !staging.dryRun.get() || !checks.onCommandLine("--sample-reads"),
        "--sample-reads needs a run that stages; remove --dry-run");
    return count == null || staging.dryRun.get() ? 0 : count;
  }

  static Limits limits(StagingOptions staging, LimitOptions limits) {
    Long fillRate = staging.maxFillRate.orNull();
    return Limits.builder()
        .concurrency(staging.concurrency.get())
        .listConcurrency(staging.listConcurrency.get())
        .headsPerSecond(staging.rate.get())
        .fillBytesPerSecond(fillRate == null ? 0 : fillRate)
        .attemptTimeout(staging.attemptTimeout.get().orElse(null))
        .maxDuration(limits.maxDuration.orNull())
        .grace(limits.grace.get())
        .build();
  }

  private Filters filters(FilterOptions which) {
    Long min = which.minSize.orNull();
    Long max = which.maxSize.orNull();
    checks.require(
        min == null || max == null || min <= max,
        "--min-size is larger than --max-size: nothing could match");
    Instant newer = which.newerThan.orNull();
    Instant older = which.olderThan.orNull();
    checks.require(
        newer == null || older == null || newer.isBefore(older),
        "--newer-than is not before --older-than: nothing could match");
    return Filters.builder()
        .include(globs("--include", which.include.get()))
        .exclude(globs("--exclude", which.exclude.get()))
        .minSize(min)
        .maxSize(max)
        .newerThan(newer)
        .olderThan(older)
        .storageClasses(
            which.storageClasses.get().stream()
                .map(name -> name.toUpperCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet()))
        .build();
  }

  private List<Glob> globs(String option, Collection<String> texts) {
    return texts.stream().map(text -> glob(option, text)).toList();
  }

  private Glob glob(String option, String text) {
    checks.require(
        !text.startsWith(S3Uri.SCHEME),
        "%s must be a glob for keys below the TARGET, such as '*.tar', not '%s'"
            .formatted(option, text));
    try {
      return Glob.withBraces(text);
    } catch (IllegalArgumentException e) {
      throw checks.usage(option + " '" + text + "' " + e.getMessage(), e);
    }
  }
}
