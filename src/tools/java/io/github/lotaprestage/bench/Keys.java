package io.github.lotaprestage.bench;

import java.util.function.IntFunction;

/// Key names in byte order.
final class Keys {

  private Keys() {}

  /// `objects` keys, the same number in each of `directories` directories; 0 for a flat bucket.
  static IntFunction<String> in(int objects, int directories) {
    if (directories == 0) {
      return i -> padded("data/shard-", i, 9) + ".tar";
    }
    int each = Math.max(1, objects / directories);
    return i -> padded("data/", i / each, 6) + padded("/shard-", i, 9) + ".tar";
  }

  private static String padded(String before, int number, int digits) {
    String text = Integer.toString(number);
    return before + "0".repeat(Math.max(0, digits - text.length())) + text;
  }
}
