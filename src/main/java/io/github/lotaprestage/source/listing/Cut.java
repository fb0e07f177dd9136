package io.github.lotaprestage.source.listing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A decision to cut a range.
///
/// @param part the number of pages that each part but the last should have
record Cut(KeyRange range, Outlook outlook, int cuts, double part) {

  /// Decides which ranges are cut, so that their parts are about equally long and few requests are
  /// wasted.
  ///
  /// @param ranges all that are being listed
  /// @param free how many more requests may be sent
  /// @param concurrency how many requests may be in flight
  /// @param few with fewer requests than this in flight, more may be wasted
  /// @param longest the maximum number of pages of a part that ends before its range does
  static List<Cut> plan(
      Collection<KeyRange> ranges, int free, int concurrency, int few, double longest) {
    Map<KeyRange, Outlook> outlooks = new LinkedHashMap<>();
    Map<Budget, Double> ahead = new HashMap<>();
    double expected = 0;
    for (KeyRange range : ranges) {
      Outlook outlook = range.outlook();
      if (outlook != null) {
        outlooks.put(range, outlook);
      }
      ahead.merge(range.budget(), outlook == null ? 0 : outlook.certain(), Double::sum);
      expected += range.expected();
    }
    ahead.forEach(Budget::knowAhead);
    double share = Math.min(expected / concurrency, longest);
    Map<KeyRange, Integer> cuts = new HashMap<>();
    Map<Budget, Double> costs = new HashMap<>();
    for (int left = free; left > 0; left--) {
      boolean urgent = concurrency - left < few;
      KeyRange range = longest(outlooks, cuts, share, urgent, costs);
      if (range == null) {
        break;
      }
      cuts.merge(range, 1, Integer::sum);
    }
    List<Cut> plan = new ArrayList<>();
    outlooks.forEach((range, outlook) -> {
      Integer count = cuts.get(range);
      if (count != null) {
        plan.add(new Cut(range, outlook, count, Math.min(outlook.pages() / (count + 1), longest)));
      }
    });
    return plan;
  }

  /// Cuts the range.
  ///
  /// @return the new ranges, in key order
  List<KeyRange> make() {
    return range.cut(outlook, cuts, part);
  }

  /// The range with the longest parts that may be cut once more.
  ///
  /// @param share a part must be longer than this
  private static @Nullable KeyRange longest(
      Map<KeyRange, Outlook> outlooks,
      Map<KeyRange, Integer> cuts,
      double share,
      boolean urgent,
      Map<Budget, Double> costs) {
    KeyRange longest = null;
    double most = share;
    double cost = 0;
    for (Map.Entry<KeyRange, Outlook> each : outlooks.entrySet()) {
      KeyRange range = each.getKey();
      Outlook outlook = each.getValue();
      int already = cuts.getOrDefault(range, 0);
      double part = outlook.pages() / (already + 1);
      double left = range.budget().left(urgent) - costs.getOrDefault(range.budget(), 0.0);
      if (part > most
          && part > outlook.smallest()
          && already < outlook.cuts()
          && outlook.cost() <= left) {
        longest = range;
        most = part;
        cost = outlook.cost();
      }
    }
    if (longest != null) {
      costs.merge(longest.budget(), cost, Double::sum);
    }
    return longest;
  }
}
