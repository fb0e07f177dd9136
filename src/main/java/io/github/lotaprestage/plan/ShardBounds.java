package io.github.lotaprestage.plan;

import io.github.lotaprestage.plan.target.KeySpan;
import io.github.lotaprestage.plan.target.S3Uri;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/// Names that cut all keys there can be into ranges, one for each shard.
///
/// @param targets what the ranges were made for, as it is called in the summary
/// @param cuts in their order; each is the last name of its shard, and the last shard has none.
///   They contain no characters from U+D800 on, about whose order stores disagree.
public record ShardBounds(List<String> targets, List<S3Uri> cuts) {

  /// The most shards that are cut; the accuracy of the cuts takes memory.
  public static final int MAX_SHARDS = 1024;

  /// The first character about whose order stores disagree: some sort by UTF-8, others by UTF-16.
  public static final char DISPUTED = Character.MIN_SURROGATE;

  /// The number of shards.
  public int count() {
    return cuts.size() + 1;
  }

  /// @param index from 0
  public Shard shard(int index) {
    KeySpan span =
        new KeySpan(
            index == 0 ? null : cuts.get(index - 1), index == cuts.size() ? null : cuts.get(index));
    return new Shard(index, count(), span, id());
  }

  /// Identifies these cuts.
  private String id() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      cuts.forEach(cut -> digest.update((cut + "\0").getBytes(StandardCharsets.UTF_8)));
      return HexFormat.of().formatHex(digest.digest(), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
