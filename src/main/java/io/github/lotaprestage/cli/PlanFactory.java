package io.github.lotaprestage.cli;

import io.github.lotaprestage.cli.values.TargetSpelling;
import io.github.lotaprestage.cli.values.Targets;
import io.github.lotaprestage.plan.BucketName;
import io.github.lotaprestage.plan.Filters;
import io.github.lotaprestage.plan.Glob;
import io.github.lotaprestage.plan.KeyList;
import io.github.lotaprestage.plan.Latest;
import io.github.lotaprestage.plan.Limits;
import io.github.lotaprestage.plan.OutputOptions;
import io.github.lotaprestage.plan.Plan;
import io.github.lotaprestage.plan.RetryPolicy;
import io.github.lotaprestage.plan.RunFiles;
import io.github.lotaprestage.plan.StoreOptions;
import io.github.lotaprestage.plan.Target;
import io.github.lotaprestage.run.RunFileChecks;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/// Turns options into a plan and validates them as a whole. Nothing downstream validates them
/// again.
final class PlanFactory {

  /// Longer times are limited to this, so that they fit into milliseconds everywhere.
  private static final Duration FOREVER = Duration.ofDays(10_000);

  private final CommandLine commandLine;

  /// @param commandLine the command line for usage errors
  PlanFactory(CommandLine commandLine) {
    this.commandLine = commandLine;
  }

  /// @throws ParameterException if the options are invalid, alone or together
  Plan plan(Options options) {
    TargetOptions what = options.what();
    RunOptions how = options.how();
    ConnectionOptions where = options.where();
    DisplayOptions display = options.display();
    List<Target> targets = targets(what);
    Optional<Target.Listed> base = base(what, targets);
    List<KeyList> lists = keyLists(what, base);
    if (base.isPresent() && what.bucket.orNull() == null) {
      targets = List.of();
    }
    require(
        !targets.isEmpty() || !lists.isEmpty(),
        "nothing to stage; give an s3:// TARGET, --bucket or --files-from");
    Optional<Latest> latest = latest(what);
    if (latest.isPresent()) {
      require(lists.isEmpty(), "--latest needs prefixes; it does not go with --files-from");
      targets.forEach(this::requirePrefix);
    }
    return Plan.builder()
        .targets(targets)
        .keyLists(lists)
        .latest(latest)
        .filters(filters(options.which()))
        .store(
            StoreOptions.builder()
                .endpointUrl(where.endpointUrl.orNull())
                .region(where.region.orNull())
                .profile(where.profile.orNull())
                .pathStyle(where.pathStyle.get())
                .caBundle(where.caBundle.orNull())
                .unsigned(where.noSignRequest.get())
                .build())
        .limits(limits(how))
        .retry(RetryPolicy.attempts(how.maxAttempts.get()))
        .files(runFiles(how, lists, display.format.get()))
        .largestFirst(how.order.get() == RunOptions.Order.LARGEST_FIRST)
        .dryRun(how.dryRun.get())
        .allowEmpty(display.allowEmpty.get())
        .output(
            OutputOptions.builder()
                .format(display.format.get())
                .detail(display.detail())
                .progress(display.progress.get())
                .progressInterval(bounded(display.progressInterval.get()))
                .build())
        .build();
  }

  private Optional<Latest> latest(TargetOptions what) {
    Integer count = what.latest.orNull();
    if (count == null) {
      for (String option : List.of("--checkpoint-layout", "--latest-by", "--require-child")) {
        require(!onCommandLine(option), option + " needs --latest");
      }
      return Optional.empty();
    }
    String child = what.requireChild.orNull();
    require(
        child == null || !child.startsWith("/"),
        "--require-child must be a name below a checkpoint, not '" + child + "'");
    return Optional.of(
        new Latest(
            count, what.checkpointLayout.get(), what.latestBy.get(), Optional.ofNullable(child)));
  }

  private void requirePrefix(Target target) {
    require(
        target instanceof Target.Listed,
        "--latest needs prefixes; if %s is one, write it as %s/".formatted(target, target));
  }

  private RunFiles runFiles(RunOptions how, List<KeyList> lists, OutputOptions.Format format) {
    Path failedTo = file("--failed-to", how.failedTo.orNull());
    require(
        !onCommandLine("--journal-max-age") || how.journal.orNull() != null,
        "--journal-max-age needs --journal");
    RunFiles files =
        RunFiles.builder()
            .journal(file("--journal", how.journal.orNull()))
            .journalMaxAge(how.journalMaxAge.orNull())
            .failedTo(failedTo)
            .failedToIsInput(failedTo != null && RunFileChecks.isInput(failedTo, lists))
            .build();
    RunFileChecks.problem(files, lists, format)
        .ifPresent(problem -> {
          throw usage(problem);
        });
    return files;
  }

  private static Duration bounded(Duration wait) {
    return wait.compareTo(FOREVER) > 0 ? FOREVER : wait;
  }

  private static Limits limits(RunOptions how) {
    return Limits.builder()
        .concurrency(how.concurrency.get())
        .listConcurrency(how.listConcurrency.get())
        .headsPerSecond(how.rate.get())
        .attemptTimeout(how.attemptTimeout.get().map(PlanFactory::bounded).orElse(null))
        .maxDuration(how.maxDuration.orNull())
        .grace(bounded(how.grace.get()))
        .build();
  }

  private List<Target> targets(TargetOptions what) {
    List<Target> targets = new ArrayList<>();
    for (String text : what.targets.get()) {
      require(!text.isBlank(), "TARGET must not be empty");
      targets.addAll(parsed(withoutLastSlash(text, what), what.raw.get()));
    }
    boolean bucketOnly =
        what.keys.get().isEmpty() && what.prefixes.get().isEmpty() && !hasLists(what);
    String bucket = what.bucket.orNull();
    if (bucket == null) {
      require(what.keys.get().isEmpty(), "--key needs --bucket, or write it as s3://BUCKET/KEY");
      require(
          what.prefixes.get().isEmpty(),
          "--prefix needs --bucket, or write it as s3://BUCKET/PREFIX/");
    } else if (!bucketOnly || targets.isEmpty()) {
      require(
          bucket.indexOf('/') < 0,
          "--bucket must be the name of a bucket only, not '"
              + TargetSpelling.shown(bucket)
              + "'; without --bucket, write the TARGET as "
              + TargetSpelling.corrected(bucket));
      requireBucket(bucket, "--bucket");
      what.keys.get().forEach(key -> targets.add(new Target.Key(bucket, key)));
      what.prefixes.get().forEach(prefix -> targets.add(Target.Listed.below(bucket, prefix)));
      if (bucketOnly) {
        targets.add(Target.Listed.below(bucket, ""));
      }
    } else {
      require(
          !onCommandLine("--bucket"),
          "--bucket alone means the whole bucket, which does not go with TARGETs:"
              + " add --key or --prefix, or write s3://"
              + bucket
              + " as a TARGET");
    }
    for (Target target : targets) {
      requireBucket(target.bucket(), "target " + target);
      if (target instanceof Target.Key named) {
        require(!named.key().isEmpty(), "--key must not be empty");
        requireFits(named.key());
      }
    }
    return targets.size() == 1 ? targets : targets.stream().distinct().toList();
  }

  /// With --latest, a wildcard stands for directories whether a slash follows it or not.
  private static String withoutLastSlash(String text, TargetOptions what) {
    boolean levels = what.latest.orNull() != null && !what.raw.get();
    return levels && Glob.firstWildcard(text) >= 0 && text.endsWith("/")
        ? text.substring(0, text.length() - 1)
        : text;
  }

  private boolean onCommandLine(String option) {
    return commandLine.getParseResult().hasMatchedOption(option);
  }

  private List<Target> parsed(String text, boolean raw) {
    try {
      return Targets.parse(text, raw);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          commandLine, "target '" + TargetSpelling.shown(text) + "' " + e.getMessage(), e);
    }
  }

  /// Rejects names that no endpoint accepts. The endpoint itself is checked when it is resolved.
  private void requireBucket(String bucket, String owner) {
    BucketName.problem(bucket, true)
        .ifPresent(problem -> {
          throw new ParameterException(commandLine, owner + " " + problem);
        });
  }

  private void requireFits(String key) {
    int bytes = key.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > Target.MAX_KEY_BYTES) {
      throw usage(
          "a key has at most %d bytes, and '%.40s…' has %d"
              .formatted(Target.MAX_KEY_BYTES, key, bytes));
    }
  }

  private static boolean hasLists(TargetOptions what) {
    return !what.filesFrom.get().isEmpty() || !what.filesFrom0.get().isEmpty();
  }

  /// Where the bare names of lists belong: to the bucket of `--bucket` or, without it, below the
  /// only TARGET. That TARGET is then not listed.
  private static Optional<Target.Listed> base(TargetOptions what, List<Target> targets) {
    String bucket = what.bucket.orNull();
    if (bucket != null) {
      return Optional.of(Target.Listed.below(bucket, ""));
    }
    return hasLists(what)
            && what.targets.get().size() == 1
            && targets.size() == 1
            && targets.getFirst() instanceof Target.Listed only
            && only.pattern().isEmpty()
        ? Optional.of(only)
        : Optional.empty();
  }

  private List<KeyList> keyLists(TargetOptions what, Optional<Target.Listed> base) {
    List<KeyList> lists = new ArrayList<>();
    for (String file : what.filesFrom.get()) {
      lists.add(keyList("--files-from", file, base, what.filesFormat.get().format()));
    }
    for (String file : what.filesFrom0.get()) {
      lists.add(keyList("--files-from0", file, base, KeyList.Format.KEYS_WITH_NUL));
    }
    require(
        !onCommandLine("--files-format") || !what.filesFrom.get().isEmpty(),
        "--files-format needs --files-from");
    require(
        lists.stream().filter(KeyList::isStandardInput).count() <= 1,
        "standard input can be read only once");
    return List.copyOf(lists);
  }

  private KeyList keyList(
      String option, String file, Optional<Target.Listed> base, KeyList.Format format) {
    KeyList list = new KeyList(file, base, format);
    if (!list.isStandardInput()) {
      Path path = path(option, file);
      require(Files.exists(path), option + " " + file + " does not exist");
      require(!Files.isDirectory(path), option + " " + file + " is a directory");
      require(Files.isReadable(path), option + " " + file + " cannot be read");
    }
    return list;
  }

  private @Nullable Path file(String option, @Nullable String file) {
    if (file == null) {
      return null;
    }
    Path path = path(option, file);
    require(
        !file.equals("-"),
        option + " must name a file, not '-'; a file of that name is written ./-");
    require(
        !Files.isDirectory(path) && !file.endsWith("/"), option + " " + file + " is a directory");
    return path;
  }

  private Path path(String option, String file) {
    try {
      return Path.of(file);
    } catch (InvalidPathException e) {
      throw new ParameterException(commandLine, option + " is not a valid file name: " + file, e);
    }
  }

  private Filters filters(FilterOptions which) {
    Long min = which.minSize.orNull();
    Long max = which.maxSize.orNull();
    require(
        min == null || max == null || min <= max,
        "--min-size is larger than --max-size: nothing could match");
    Instant newer = which.newerThan.orNull();
    Instant older = which.olderThan.orNull();
    require(
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
    try {
      return Glob.withBraces(text);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(commandLine, option + " '" + text + "' " + e.getMessage(), e);
    }
  }

  private void require(boolean condition, String problem) {
    if (!condition) {
      throw usage(problem);
    }
  }

  private ParameterException usage(String problem) {
    return new ParameterException(commandLine, problem);
  }
}
