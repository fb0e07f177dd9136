package io.github.lotaprestage.cli.values;

import io.github.lotaprestage.plan.braces.BraceExpression;
import io.github.lotaprestage.plan.target.Glob;
import io.github.lotaprestage.plan.target.S3Uri;
import io.github.lotaprestage.plan.target.Target;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// Reads `s3://` targets. Nothing in them is decoded: `%2F` is three characters of a key.
public final class Targets {

  /// Names are expanded when they are needed, but what has to be listed is merged first.
  private static final int MAX_LISTED = 100_000;

  private static final int MAX_BUCKETS = 1000;

  /// Words that begin the command lines of other programs. They are too short for a bucket, or its
  /// name would be a coincidence.
  private static final Set<String> SUBCOMMANDS =
      Set.of("cat", "copy", "cp", "du", "head", "ls", "mv", "prestage", "run", "stage", "sync");

  private Targets() {}

  /// The targets that `text` stands for: one, unless it contains an expression in braces.
  ///
  /// @param raw `*`, `?` and braces stand for themselves
  /// @throws IllegalArgumentException whose message describes the problem and follows the target
  public static List<Target> parse(String text, boolean raw) {
    S3Uri uri = S3Uri.parse(text).orElseThrow(() -> new IllegalArgumentException(problem(text)));
    String bucket = uri.bucket();
    String key = uri.key();
    if (Glob.firstWildcard(bucket) >= 0) {
      throw new IllegalArgumentException("has a wildcard in the bucket name; name each bucket");
    }
    if (raw) {
      return List.of(Target.literal(bucket, key));
    }
    int query = key.indexOf("?versionId=");
    if (query >= 0) {
      throw new IllegalArgumentException(
          "names a version, but only the current one can be staged; write it as "
              + new S3Uri(bucket, key.substring(0, query)));
    }
    Optional<BraceExpression> keys = BraceExpression.parse(key);
    List<String> buckets = buckets(bucket);
    return keys.map(braces -> expand(buckets, braces))
        .orElseGet(() -> buckets.stream().map(name -> Target.of(name, key)))
        .toList();
  }

  private static String problem(String text) {
    if (SUBCOMMANDS.contains(text)) {
      return "is not needed: this program has no subcommands";
    }
    if (text.equals("help") || text.equals("version")) {
      return "is not a target; write it as --" + text;
    }
    if (text.matches("[-\u2010-\u2015\u2212]+[a-zA-Z].*")) {
      return "begins with a dash that is not a hyphen; write it as --"
          + text.replaceFirst("^[-\u2010-\u2015\u2212]+", "");
    }
    return TargetSpelling.isOtherStore(text)
        ? "is not in S3; only s3:// objects can be staged"
        : "does not start with s3://; write it as " + TargetSpelling.corrected(text);
  }

  private static List<String> buckets(String bucket) {
    Optional<BraceExpression> braces = BraceExpression.parse(bucket);
    if (braces.isPresent() && braces.get().count() > MAX_BUCKETS) {
      throw new IllegalArgumentException("names more than " + MAX_BUCKETS + " buckets");
    }
    return braces.map(names -> results(names).toList()).orElseGet(() -> List.of(bucket));
  }

  private static Stream<Target> expand(List<String> buckets, BraceExpression keys) {
    if (keys.maxBytes() > Target.MAX_KEY_BYTES) {
      throw new IllegalArgumentException(
          "names a key of %d bytes; a key has at most %d"
              .formatted(keys.maxBytes(), Target.MAX_KEY_BYTES));
    }
    if (!keys.canBeEmptyOrEndWith('/') && !keys.canContain('*') && !keys.canContain('?')) {
      return buckets.stream().map(bucket -> new Target.Keys(bucket, keys));
    }
    if (keys.count() > MAX_LISTED / buckets.size()) {
      throw new IllegalArgumentException(
          "stands for more than %d targets with prefixes or wildcards among them; give the keys as"
                  .formatted(MAX_LISTED)
              + " a TARGET of their own, or list a common prefix with --include");
    }
    return buckets.stream().flatMap(bucket -> results(keys).map(key -> Target.of(bucket, key)));
  }

  private static Stream<String> results(BraceExpression braces) {
    return LongStream.range(0, braces.count()).mapToObj(braces::get);
  }
}
