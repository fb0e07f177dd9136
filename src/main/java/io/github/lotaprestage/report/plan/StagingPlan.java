package io.github.lotaprestage.report.plan;

import io.github.lotaprestage.object.ObjectRef;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// What a real run would stage. The maps are in the order in which they are shown.
///
/// @param byDirectory the largest directories right below the targets
/// @param moreDirectories how many directories are not in `byDirectory`; at least that many
/// @param below4MiB objects below 4 MiB
/// @param archived objects of the class STANDARD_IA
/// @param largest the ten largest objects, the largest first
/// @param capacity of the cache in bytes
/// @param fits whether everything fits into that capacity
/// @param cost of staging in the 30 days after it, in USD; an upper bound
/// @param atFillRate how long it takes at the fill rate that was asked for
/// @param timeLimit the time that was allowed
public record StagingPlan(
    Amount total,
    Map<String, Amount> byStorageClass,
    Map<String, Amount> byAge,
    Map<String, Amount> bySize,
    Map<String, Amount> byDirectory,
    long moreDirectories,
    Amount below4MiB,
    Amount archived,
    List<ObjectRef> largest,
    OptionalLong capacity,
    boolean fits,
    BigDecimal cost,
    Optional<Duration> atFillRate,
    Optional<Duration> timeLimit) {

  /// What the cost rests on, in lines of text.
  static final List<String> COST_ASSUMPTIONS =
      List.of(
          "Every object is Cold now and is not read again for 30 days.",
          "So it is Hot for 7 days and Warm for 23, instead of Cold for 30.",
          "List prices per GiB and 30 days: 0.06 USD Hot, 0.03 Warm, 0.015 Cold.",
          "STANDARD_IA is not included.");
}
