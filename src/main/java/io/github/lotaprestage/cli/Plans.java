package io.github.lotaprestage.cli;

import io.github.lotaprestage.plan.BucketName;
import io.github.lotaprestage.plan.Filters;
import io.github.lotaprestage.plan.Glob;
import io.github.lotaprestage.plan.KeyList;
import io.github.lotaprestage.plan.Limits;
import io.github.lotaprestage.plan.OutputOptions;
import io.github.lotaprestage.plan.Plan;
import io.github.lotaprestage.plan.RetryPolicy;
import io.github.lotaprestage.plan.RunFiles;
import io.github.lotaprestage.plan.StoreOptions;
import io.github.lotaprestage.plan.Target;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/// Turns options into a plan and checks them as a whole; nothing behind it checks them again.
final class Plans {

  private static final int MOST_CONCURRENT = 100_000;
  private static final int MOST_LISTS = 1000;
  private static final int LONGEST_KEY = 1024;

  /// What a longer wait is taken for, so that it fits into milliseconds everywhere.
  private static final Duration FOREVER = Duration.ofDays(10_000);

  private final CommandLine commandLine;

  /// @param commandLine that bad usage is reported to
  Plans(CommandLine commandLine) {
    this.commandLine = commandLine;
  }

  /// @throws ParameterException if the options make no sense, alone or together
  Plan plan(
      TargetOptions what,
      FilterOptions which,
      RunOptions how,
      ConnectionOptions where,
      DisplayOptions display) {
    require(how.maxAttempts >= 1, "--max-attempts must be at least 1, not " + how.maxAttempts);
    require(
        display.progressInterval.isPositive(), "--progress-interval must be longer than nothing");
    List<KeyList> lists = keyLists(what);
    Set<Target> targets = targets(what, lists, where.pathStyle);
    require(
        !targets.isEmpty() || !lists.isEmpty(),
        "nothing to stage: give an s3:// TARGET, --bucket or --files-from");
    return new Plan(
        List.copyOf(targets),
        lists,
        filters(which),
        new StoreOptions(
            given(where.endpointUrl),
            given(where.region),
            given(where.profile),
            where.pathStyle,
            where.noSignRequest),
        limits(how),
        RetryPolicy.attempts(how.maxAttempts),
        new RunFiles(file("--journal", how.journal), file("--failed-to", how.failedTo)),
        how.order == RunOptions.Order.LARGEST_FIRST,
        how.dryRun,
        display.allowEmpty,
        new OutputOptions(
            display.format, display.quiet, display.progress, bounded(display.progressInterval)));
  }

  private static Duration bounded(Duration wait) {
    return wait.compareTo(FOREVER) > 0 ? FOREVER : wait;
  }

  private Limits limits(RunOptions how) {
    require(
        how.concurrency >= 1 && how.concurrency <= MOST_CONCURRENT,
        "--concurrency must be from 1 to " + MOST_CONCURRENT + ", not " + how.concurrency);
    require(
        how.listConcurrency >= 1 && how.listConcurrency <= MOST_LISTS,
        "--list-concurrency must be from 1 to " + MOST_LISTS + ", not " + how.listConcurrency);
    require(
        how.rate >= 0 && Double.isFinite(how.rate), "--rate must be a positive number of HEADs");
    Duration maxDuration = how.maxDuration;
    require(
        maxDuration == null || maxDuration.isPositive(),
        "--max-duration must be longer than nothing");
    return new Limits(
        how.concurrency,
        how.listConcurrency,
        how.rate,
        how.attemptTimeout.equals("auto")
            ? Optional.empty()
            : Optional.of(attemptTimeout(how.attemptTimeout)),
        Optional.ofNullable(maxDuration),
        bounded(how.grace));
  }

  private Duration attemptTimeout(String text) {
    try {
      Duration timeout = new Durations().convert(text);
      require(timeout.isPositive(), "--attempt-timeout must be longer than nothing");
      return bounded(timeout);
    } catch (TypeConversionException e) {
      throw new ParameterException(
          commandLine, "--attempt-timeout is neither auto nor a duration: " + text, e);
    }
  }

  private Set<Target> targets(TargetOptions what, List<KeyList> lists, boolean pathStyle) {
    Set<Target> targets = new LinkedHashSet<>();
    for (String text : what.targets) {
      targets.add(target(text, what.raw));
    }
    boolean bucketOnly = what.keys.isEmpty() && what.prefixes.isEmpty() && lists.isEmpty();
    String bucket = what.bucket;
    if (bucket == null) {
      require(what.keys.isEmpty(), "--key needs --bucket, or write it as s3://BUCKET/KEY");
      require(
          what.prefixes.isEmpty(), "--prefix needs --bucket, or write it as s3://BUCKET/PREFIX/");
    } else if (!bucketOnly || targets.isEmpty()) {
      requireBucket(bucket, "--bucket", pathStyle);
      what.keys.forEach(key -> targets.add(new Target.Key(bucket, key)));
      what.prefixes.forEach(prefix -> targets.add(Target.Listed.below(bucket, prefix)));
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
      requireBucket(target.bucket(), "target " + target, pathStyle);
      if (target instanceof Target.Key named) {
        require(!named.key().isEmpty(), "--key must not be empty");
        requireFits(named.key());
      }
    }
    return targets;
  }

  private boolean onCommandLine(String option) {
    return commandLine.getParseResult().hasMatchedOption(option);
  }

  private Target target(String text, boolean raw) {
    try {
      return Targets.parse(text, raw);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(commandLine, "target '" + text + "' " + e.getMessage(), e);
    }
  }

  private void requireBucket(String bucket, String owner, boolean pathStyle) {
    BucketName.problem(bucket, pathStyle)
        .ifPresent(problem -> {
          throw new ParameterException(commandLine, owner + " " + problem);
        });
  }

  private void requireFits(String key) {
    int bytes = key.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
    require(
        bytes <= LONGEST_KEY,
        "a key has at most %d bytes, and '%.40s…' has %d".formatted(LONGEST_KEY, key, bytes));
    require(
        key.indexOf('\uFFFD') < 0,
        "key '%s' did not arrive as UTF-8; set LC_ALL=C.UTF-8".formatted(key));
  }

  private List<KeyList> keyLists(TargetOptions what) {
    List<KeyList> lists = new ArrayList<>();
    what.filesFrom.forEach(file -> lists.add(keyList("--files-from", file, what, KeyList.NEWLINE)));
    what.filesFrom0.forEach(file -> lists.add(keyList("--files-from0", file, what, KeyList.NUL)));
    require(
        lists.stream().filter(KeyList::isStandardInput).count() <= 1,
        "standard input can be read only once");
    return List.copyOf(lists);
  }

  private KeyList keyList(String option, String file, TargetOptions what, byte delimiter) {
    KeyList list = new KeyList(file, given(what.bucket), delimiter);
    if (!list.isStandardInput()) {
      Path path = path(option, file);
      require(Files.exists(path), option + ": no such file: " + file);
      require(!Files.isDirectory(path), option + ": is a directory: " + file);
      require(Files.isReadable(path), option + ": cannot be read: " + file);
    }
    return list;
  }

  private Optional<Path> file(String option, @Nullable String file) {
    return given(file)
        .map(name -> {
          Path path = path(option, name);
          require(!Files.isDirectory(path), option + ": is a directory: " + name);
          return path;
        });
  }

  private Path path(String option, String file) {
    try {
      return Path.of(file);
    } catch (InvalidPathException e) {
      throw new ParameterException(commandLine, option + ": is no file name: " + file, e);
    }
  }

  private Filters filters(FilterOptions which) {
    Long min = which.minSize;
    Long max = which.maxSize;
    require(
        min == null || max == null || min <= max,
        "--min-size is larger than --max-size: nothing could match");
    require(
        which.newerThan == null
            || which.olderThan == null
            || which.newerThan.isBefore(which.olderThan),
        "--newer-than is not before --older-than: nothing could match");
    return new Filters(
        globs(which.include),
        globs(which.exclude),
        min == null ? OptionalLong.empty() : OptionalLong.of(min),
        max == null ? OptionalLong.empty() : OptionalLong.of(max),
        Optional.ofNullable(which.newerThan),
        Optional.ofNullable(which.olderThan),
        which.storageClasses.stream()
            .map(name -> name.toUpperCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet()));
  }

  private static List<Glob> globs(Collection<String> texts) {
    return texts.stream().map(Glob::new).toList();
  }

  private static Optional<String> given(@Nullable String text) {
    return Optional.ofNullable(text).filter(value -> !value.isBlank());
  }

  private void require(boolean condition, String problem) {
    if (!condition) {
      throw new ParameterException(commandLine, problem);
    }
  }
}
