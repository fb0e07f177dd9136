package io.github.lotaprestage.report.plan;

import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.plan.target.S3Uri;
import io.github.lotaprestage.plan.target.Target;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Adds up the objects of a dry run, in memory that does not grow with their number. Not
/// thread-safe.
public final class PlanTally {

  private static final int LARGEST = 10;
  private static final int SHOWN_DIRECTORIES = 20;

  /// More than that are not told apart.
  private static final int MAX_DIRECTORIES = 20_000;

  private static final int MAX_CLASSES = 50;
  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;
  private static final long SMALL = 4 * MIB;

  /// USD per GiB: (7 x 0.06 + 23 x 0.03) / 30 - 0.015.
  private static final BigDecimal PRICE = new BigDecimal("0.022");

  private static final String ARCHIVE = "STANDARD_IA";

  private static final String OTHER = "other";

  private enum Age {
    WEEK("up to 7 days"),
    MONTH("8 to 30 days"),
    OLDER("older than 30 days"),
    UNKNOWN("unknown");

    private final String label;

    Age(String label) {
      this.label = label;
    }
  }

  private enum Size {
    SMALL("below 4 MiB", PlanTally.SMALL),
    MEDIUM("4 to 64 MiB", 64 * MIB),
    LARGE("64 MiB to 1 GiB", GIB),
    HUGE("1 to 16 GiB", 16 * GIB),
    ENORMOUS("16 GiB and more", Long.MAX_VALUE);

    private final String label;
    private final long below;

    Size(String label, long below) {
      this.label = label;
      this.below = below;
    }
  }

  private final List<Target.Listed> targets;
  private final Instant weekAgo;
  private final Instant monthAgo;
  private final Map<Age, Amount> byAge = new EnumMap<>(Age.class);
  private final Map<Size, Amount> bySize = new EnumMap<>(Size.class);
  private final Map<String, Amount> byClass = new TreeMap<>();
  private final Map<String, Amount> directories = new HashMap<>();
  private final PriorityQueue<ObjectRef> largest =
      new PriorityQueue<>(Comparator.comparingLong(PlanTally::sizeOf));
  private Amount total = Amount.NONE;
  private long others;

  /// @param targets the prefixes that were asked for
  /// @param now the time from which ages are counted
  public PlanTally(List<Target.Listed> targets, Instant now) {
    this.targets = List.copyOf(targets);
    this.weekAgo = now.minus(Duration.ofDays(7));
    this.monthAgo = now.minus(Duration.ofDays(30));
  }

  private static long sizeOf(ObjectRef object) {
    return object.size() == null ? 0 : object.size();
  }

  /// Adds an object that would be staged.
  public void add(ObjectRef object) {
    long size = sizeOf(object);
    total = total.plus(size);
    Amount one = new Amount(1, size);
    byAge.merge(age(object.lastModified()), one, Amount::plus);
    bySize.merge(sizeClass(size), one, Amount::plus);
    addClass(object.storageClass() == null ? "unknown" : object.storageClass(), size);
    addDirectory(directory(object), size);
    if (largest.size() < LARGEST || size > sizeOf(largest.element())) {
      largest.add(object);
      if (largest.size() > LARGEST) {
        largest.remove();
      }
    }
  }

  private Age age(@Nullable Instant modified) {
    if (modified == null) {
      return Age.UNKNOWN;
    }
    if (modified.isAfter(weekAgo)) {
      return Age.WEEK;
    }
    return modified.isAfter(monthAgo) ? Age.MONTH : Age.OLDER;
  }

  private static Size sizeClass(long size) {
    for (Size each : Size.values()) {
      if (size < each.below) {
        return each;
      }
    }
    return Size.ENORMOUS;
  }

  private void addClass(String name, long size) {
    String known = byClass.containsKey(name) || byClass.size() < MAX_CLASSES ? name : OTHER;
    byClass.merge(known, new Amount(1, size), Amount::plus);
  }

  private void addDirectory(String name, long size) {
    Amount before = directories.get(name);
    if (before == null && directories.size() >= MAX_DIRECTORIES) {
      others++;
      return;
    }
    directories.put(name, (before == null ? Amount.NONE : before).plus(size));
  }

  /// The directory right below the first target that contains the object, or below its bucket.
  private String directory(ObjectRef object) {
    String key = object.key();
    int start = 0;
    for (Target.Listed target : targets) {
      if (target.bucket().equals(object.bucket()) && target.covers(key)) {
        start = target.prefix().lastIndexOf('/') + 1;
        break;
      }
    }
    int end = key.indexOf('/', start);
    return new S3Uri(object.bucket(), key.substring(0, end < 0 ? start : end + 1)).toString();
  }

  /// The plan so far.
  ///
  /// @param fillRate bytes per second; 0 if there is no limit
  public StagingPlan plan(
      OptionalLong capacity, boolean fits, long fillRate, Optional<Duration> timeLimit) {
    List<ObjectRef> descending = new ArrayList<>(largest);
    descending.sort(Comparator.comparingLong(PlanTally::sizeOf).reversed());
    Amount archived = byClass.getOrDefault(ARCHIVE, Amount.NONE);
    return new StagingPlan(
        total,
        new LinkedHashMap<>(byClass),
        ages(),
        sizes(),
        largestDirectories(),
        Math.max(0, directories.size() - SHOWN_DIRECTORIES) + (others > 0 ? 1 : 0),
        bySize.getOrDefault(Size.SMALL, Amount.NONE),
        archived,
        descending,
        capacity,
        fits,
        cost(total.bytes() - archived.bytes()),
        fillRate == 0
            ? Optional.empty()
            : Optional.of(Duration.ofSeconds(Math.ceilDiv(total.bytes(), fillRate))),
        timeLimit);
  }

  /// To the cent. The price is per GiB and month, and a month is what the formula covers.
  static BigDecimal cost(long bytes) {
    return BigDecimal.valueOf(bytes)
        .multiply(PRICE)
        .divide(BigDecimal.valueOf(GIB), 2, RoundingMode.HALF_UP);
  }

  private Map<String, Amount> ages() {
    Map<String, Amount> ages = new LinkedHashMap<>();
    byAge.forEach((age, amount) -> ages.put(age.label, amount));
    return ages;
  }

  private Map<String, Amount> sizes() {
    Map<String, Amount> sizes = new LinkedHashMap<>();
    bySize.forEach((size, amount) -> sizes.put(size.label, amount));
    return sizes;
  }

  private Map<String, Amount> largestDirectories() {
    Map<String, Amount> shown = new LinkedHashMap<>();
    directories.entrySet().stream()
        .sorted(
            Map.Entry.<String, Amount>comparingByValue(
                    Comparator.comparingLong(Amount::bytes).reversed())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(SHOWN_DIRECTORIES)
        .forEach(entry -> shown.put(entry.getKey(), entry.getValue()));
    return shown;
  }
}
