package io.github.lotaprestage.records.bounds;

import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.plan.ShardBounds;
import io.github.lotaprestage.plan.target.KeySpan;
import io.github.lotaprestage.plan.target.S3Uri;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Finds keys that cut any number of objects into ranges of about equal bytes, in memory that does
/// not grow with their number.
///
/// It keeps some of the keys, each with the bytes of the objects after the key before it. Where
/// there are too many of them, neighbours that have few bytes become one. So a cut is wrong by less
/// than the bytes of two neighbours, or by one object.
final class KeySketch {

  /// The number of keys that are kept for each range.
  private static final int DETAIL = 64;

  private final int ranges;
  private final int kept;
  private final TreeMap<S3Uri, Long> bytes = new TreeMap<>(KeySpan.ORDER);
  private long total;

  KeySketch(int ranges) {
    this.ranges = ranges;
    this.kept = Math.max(4096, DETAIL * ranges);
  }

  /// @param weight at least 1
  void add(String bucket, String key, long weight) {
    bytes.merge(new S3Uri(bucket, undisputed(key)), weight, ObjectRef::sum);
    total = ObjectRef.sum(total, weight);
    if (bytes.size() > 2 * kept) {
      thin();
    }
  }

  boolean isEmpty() {
    return bytes.isEmpty();
  }

  /// A cut need not be the key of an object.
  private static String undisputed(String key) {
    for (int i = 0; i < key.length(); i++) {
      if (key.charAt(i) >= ShardBounds.DISPUTED) {
        return key.substring(0, i);
      }
    }
    return key;
  }

  private void thin() {
    long few = total / kept;
    List<Map.Entry<S3Uri, Long>> all = List.copyOf(bytes.entrySet());
    long before = 0;
    bytes.clear();
    for (int i = 0; i < all.size(); i++) {
      Map.Entry<S3Uri, Long> each = all.get(i);
      long together = ObjectRef.sum(before, each.getValue());
      boolean last = i == all.size() - 1;
      if (last || ObjectRef.sum(together, all.get(i + 1).getValue()) > few) {
        bytes.put(each.getKey(), together);
        before = 0;
      } else {
        before = together;
      }
    }
  }

  /// The last keys of all ranges but the last, in their order. Some are equal if there are fewer
  /// keys than ranges.
  List<S3Uri> cuts() {
    List<S3Uri> cuts = new ArrayList<>();
    Iterator<Map.Entry<S3Uri, Long>> rest = bytes.entrySet().iterator();
    Map.Entry<S3Uri, Long> here = rest.next();
    S3Uri before = here.getKey();
    double below = 0;
    for (int i = 1; i < ranges; i++) {
      double wanted = (double) total * i / ranges;
      while (below + here.getValue() < wanted && rest.hasNext()) {
        below += here.getValue();
        before = here.getKey();
        here = rest.next();
      }
      boolean nearer = below > 0 && wanted - below < below + here.getValue() - wanted;
      cuts.add(nearer ? before : here.getKey());
    }
    return cuts;
  }
}
