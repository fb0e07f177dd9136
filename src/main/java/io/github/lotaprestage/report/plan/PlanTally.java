package io.github.lotaprestage.report.plan;

import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.plan.target.S3Uri;
import io.github.lotaprestage.plan.target.Target;
import io.github.lotaprestage.plan.target.TargetIndex;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Adds up the objects of a dry run, in memory that does not grow with their number. Not
/// thread-safe.
public final class PlanTally {

  private static final int LARGEST = 10;
  private static final int LARGEST_DIRECTORIES = 20;
  private static final int KEPT_DIRECTORIES = 10_000;
  private static final int MAX_CLASSES = 50;
  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;
  private static final long SMALL = 4 * MIB;
  private static final String ARCHIVE = "STANDARD_IA";
  private static final String OTHER = "other";
  private static final String UNKNOWN = "unknown";

  private static final Comparator<ObjectRef> LARGEST_FIRST =
      Comparator.comparing((ObjectRef object) -> Objects.requireNonNull(object.size()))
          .reversed()
          .thenComparing(ObjectRef::bucket)
          .thenComparing(ObjectRef::key);

  /// The ages at which the price of an object changes that nobody reads.
  private enum Age {
    WEEK("up to 7 days"),
    MONTH("7 to 30 days"),
    OLDER("older than 30 days"),
    UNKNOWN(PlanTally.UNKNOWN);

    private final String label;

    Age(String label) {
      this.label = label;
    }
  }

  private enum Size {
    SMALL("below 4 MiB", PlanTally.SMALL),
    MEDIUM("4 to 64 MiB", 64 * MIB),
    LARGE("64 to 1024 MiB", GIB),
    HUGE("1 to 16 GiB", 16 * GIB),
    ENORMOUS("16 GiB or more", Long.MAX_VALUE),
    UNKNOWN(PlanTally.UNKNOWN, Long.MAX_VALUE);

    private final String label;
    private final long below;

    Size(String label, long below) {
      this.label = label;
      this.below = below;
    }
  }

  private final Map<String, TargetIndex> prefixes;
  private final Instant weekAgo;
  private final Instant monthAgo;
  private final Sum total = new Sum();
  private final Sum archived = new Sum();
  private final Map<Age, Sum> byAge = new EnumMap<>(Age.class);
  private final Map<Size, Sum> bySize = new EnumMap<>(Size.class);
  private final Map<String, Sum> byClass = new TreeMap<>();
  private final DirectorySums directories = new DirectorySums(KEPT_DIRECTORIES);
  private final PriorityQueue<ObjectRef> largest = new PriorityQueue<>(LARGEST_FIRST.reversed());
  private long unknownSizes;
  private long failed;

  // The directory of the object before.
  private @Nullable String bucket;
  private String directory = "";

  /// @param prefixes those that objects belong to; directories are counted right below them
  /// @param now the time from which ages are counted
  public PlanTally(List<Target.Listed> prefixes, Instant now) {
    this.prefixes = TargetIndex.byBucket(prefixes);
    this.weekAgo = now.minus(Duration.ofDays(7));
    this.monthAgo = now.minus(Duration.ofDays(30));
  }

  /// Adds an object that would be staged.
  public void add(ObjectRef object) {
    long size = object.size() == null ? 0 : object.size();
    total.add(size);
    byAge.computeIfAbsent(age(object.lastModified()), _ -> new Sum()).add(size);
    bySize.computeIfAbsent(sizeClass(object.size()), _ -> new Sum()).add(size);
    addClass(object.storageClass() == null ? UNKNOWN : object.storageClass(), size);
    addDirectory(object, size);
    if (object.size() == null) {
      unknownSizes++;
    } else if (largest.size() < LARGEST || LARGEST_FIRST.compare(object, largest.element()) < 0) {
      largest.add(object);
      if (largest.size() > LARGEST) {
        largest.remove();
      }
    }
  }

  /// Counts an object of which nothing is known, because it is missing or could not be looked up.
  public void failed() {
    failed++;
  }

  /// CoreWeave calls an object Hot that was read within 7 days, and Warm within 30.
  private Age age(@Nullable Instant modified) {
    if (modified == null) {
      return Age.UNKNOWN;
    }
    if (!modified.isBefore(weekAgo)) {
      return Age.WEEK;
    }
    return modified.isBefore(monthAgo) ? Age.OLDER : Age.MONTH;
  }

  private static Size sizeClass(@Nullable Long size) {
    if (size == null) {
      return Size.UNKNOWN;
    }
    for (Size each : Size.values()) {
      if (size < each.below) {
        return each;
      }
    }
    return Size.ENORMOUS;
  }

  private void addClass(String name, long size) {
    String known = byClass.containsKey(name) || byClass.size() < MAX_CLASSES ? name : OTHER;
    byClass.computeIfAbsent(known, _ -> new Sum()).add(size);
    if (name.equals(ARCHIVE)) {
      archived.add(size);
    }
  }

  private void addDirectory(ObjectRef object, long size) {
    String key = object.key();
    int start = base(object);
    int end = Math.max(start, key.indexOf('/', start) + 1);
    if (object.bucket().equals(bucket) && end == directory.length() && key.startsWith(directory)) {
      directories.addToSame(size);
    } else {
      bucket = object.bucket();
      directory = key.substring(0, end);
      directories.add(new S3Uri(bucket, directory).toString(), size);
    }
  }

  /// The length of the part of a key that is the directory of the first prefix that covers it.
  private int base(ObjectRef object) {
    TargetIndex index = prefixes.get(object.bucket());
    Target.Listed prefix =
        index == null ? null : index.first(object.key(), each -> each.covers(object.key()));
    return prefix == null ? 0 : prefix.prefix().lastIndexOf('/') + 1;
  }

  /// The plan so far.
  ///
  /// @param complete whether all objects are added
  /// @param fillRate bytes per second; 0 if there is no limit
  public StagingPlan plan(
      boolean complete,
      Optional<StagingPlan.Cache> cache,
      long fillRate,
      Optional<Duration> timeLimit) {
    List<ObjectRef> descending = new ArrayList<>(largest);
    descending.sort(LARGEST_FIRST);
    BigInteger bytes = total.exactBytes();
    return new StagingPlan(
        complete,
        total.amount(),
        bytes,
        unknownSizes,
        failed,
        amounts(byClass, name -> name),
        amounts(byAge, age -> age.label),
        amounts(bySize, size -> size.label),
        directories.largest(LARGEST_DIRECTORIES),
        Optional.ofNullable(bySize.get(Size.SMALL)).map(Sum::amount).orElse(Amount.NONE),
        archived.amount(),
        descending,
        cache,
        Cost.of(bytes.subtract(archived.exactBytes())),
        fillRate == 0 ? Optional.empty() : Optional.of(duration(bytes, fillRate)),
        timeLimit);
  }

  private static Duration duration(BigInteger bytes, long perSecond) {
    BigInteger seconds =
        bytes.add(BigInteger.valueOf(perSecond - 1)).divide(BigInteger.valueOf(perSecond));
    return Duration.ofSeconds(seconds.min(BigInteger.valueOf(Long.MAX_VALUE)).longValue());
  }

  private static <K> Map<String, Amount> amounts(Map<K, Sum> sums, Function<K, String> label) {
    Map<String, Amount> amounts = new LinkedHashMap<>();
    sums.forEach((key, sum) -> amounts.put(label.apply(key), sum.amount()));
    return amounts;
  }
}
