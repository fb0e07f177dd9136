package io.github.lotaprestage.report.plan;

import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.report.format.Units;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a real run would stage. The maps are in the order in which they are shown.
///
/// @param complete whether these are all objects; if not, nothing here is an upper bound
/// @param exactBytes the bytes of `total`, without a limit
/// @param unknownSizes how many of the objects have an unknown size, which no bytes here contain
/// @param failed objects of which nothing is known, and which are in no sum
/// @param directories those right below the targets
/// @param below4MiB objects below 4 MiB
/// @param archived objects of the class STANDARD_IA
/// @param largest the ten largest objects of known size, the largest first
/// @param cost of staging the objects of known size in the 30 days after it, in USD, such as `1.20`
/// @param atFillRate how long these bytes take at the fill rate that was asked for
/// @param timeLimit the time that was allowed
public record StagingPlan(
    boolean complete,
    Amount total,
    BigInteger exactBytes,
    long unknownSizes,
    long failed,
    Map<String, Amount> byStorageClass,
    Map<String, Amount> byAge,
    Map<String, Amount> bySize,
    Directories directories,
    Amount below4MiB,
    Amount archived,
    List<ObjectRef> largest,
    Optional<Cache> cache,
    String cost,
    Optional<Duration> atFillRate,
    Optional<Duration> timeLimit) {

  /// The cache that was described.
  ///
  /// @param capacity in bytes
  /// @param used the bytes of the objects of this run, those that were staged before included
  /// @param overfull whether these do not fit
  public record Cache(long capacity, long used, boolean overfull) {}

  /// Whether everything fits into the cache; empty if that is not known.
  public Optional<Boolean> fits() {
    return cache.flatMap(each ->
        each.overfull() ? Optional.of(false) : isWhole() ? Optional.of(true) : Optional.empty());
  }

  /// Whether staging takes no longer than was allowed; empty if that is not known.
  Optional<Boolean> isInTime() {
    return atFillRate.flatMap(needed ->
        timeLimit.flatMap(limit ->
            needed.compareTo(limit) > 0
                ? Optional.of(false)
                : isWhole() ? Optional.of(true) : Optional.empty()));
  }

  private boolean isWhole() {
    return complete && unknownSizes == 0 && failed == 0;
  }

  /// The objects that are in none of the first `shown` directories.
  Amount outside(int shown) {
    BigInteger bytes = exactBytes;
    long objects = total.objects();
    for (Amount each : directories.largest().values().stream().limit(shown).toList()) {
      bytes = bytes.subtract(BigInteger.valueOf(each.bytes()));
      objects -= each.objects();
    }
    return new Amount(objects, bytes.min(BigInteger.valueOf(Long.MAX_VALUE)).longValue());
  }

  /// What staging costs more, such as `at most 1.23 USD`; empty if that is not known, or none of
  /// the objects has a known price.
  public Optional<String> costBound() {
    if (!isCostKnown() || total.objects() == archived.objects()) {
      return Optional.empty();
    }
    int point = cost.indexOf('.');
    String dollars = Units.count(Long.parseLong(cost.substring(0, point)));
    return Optional.of(
        (cost.equals("0.00") ? "less than 0.01" : "at most " + dollars + cost.substring(point))
            + " USD");
  }

  /// Whether the cost is that of all objects, or at least of those of known size, if there are any.
  boolean isCostKnown() {
    return complete && (unknownSizes == 0 || total.objects() - archived.objects() > unknownSizes);
  }

  /// What the cost does not contain, in a sentence; empty if it contains everything.
  Optional<String> excludedFromCost() {
    if (unknownSizes > 0) {
      return Optional.of(
          archived.objects() > 0
              ? "STANDARD_IA and objects of unknown size are not included."
              : "Objects of unknown size are not included.");
    }
    return archived.objects() > 0 ? Optional.of("STANDARD_IA is not included.") : Optional.empty();
  }

  /// What the cost rests on, in sentences.
  public List<String> costAssumptions() {
    List<String> sentences = new ArrayList<>(Cost.ASSUMPTIONS);
    excludedFromCost().ifPresent(sentences::add);
    return sentences;
  }
}
