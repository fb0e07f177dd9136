package io.github.lotaprestage.plan.braces;

import java.util.Arrays;
import java.util.Optional;

/// A text with braces and the texts that it stands for, by the rules of Python's `braceexpand`,
/// which WebDataset uses for shards.
///
/// Nothing is expanded in advance: each result is made from its number, so an expression takes the
/// same memory however many results it has.
public final class BraceExpression {

  private final String source;
  private final Part root;

  private BraceExpression(String source, Part root) {
    this.source = source;
    this.root = root;
  }

  /// The expression in `text`; empty if `text` stands for itself: it contains no range and no list
  /// in braces, or its braces are not balanced.
  ///
  /// A backslash before any character makes it literal. That counts only where braces do: without
  /// an expression or an escaped brace, backslashes are literal as well.
  ///
  /// @throws IllegalArgumentException if braces are nested too deep, as the end of a sentence
  public static Optional<BraceExpression> parse(String text) {
    return parse(text, false);
  }

  /// The same, but `*` and `?` are wildcards, for [#matches].
  public static Optional<BraceExpression> parseGlob(String text) {
    return parse(text, true);
  }

  private static Optional<BraceExpression> parse(String text, boolean wildcards) {
    return text.indexOf('{') < 0
        ? Optional.empty()
        : BraceParser.parse(text, wildcards).map(root -> new BraceExpression(text, root));
  }

  /// How many results there are; the largest long also stands for more.
  public long count() {
    return root.count();
  }

  /// A result by its number. The last braces change fastest.
  ///
  /// @param index from 0
  public String get(long index) {
    StringBuilder text = new StringBuilder();
    root.append(index, text);
    return text.toString();
  }

  /// The number of the first result that is `text`, or -1.
  public long indexOf(String text) {
    long[] from = new long[text.length() + 1];
    Arrays.fill(from, Part.UNREACHED);
    from[0] = 0;
    return root.match(from, text)[text.length()];
  }

  /// Whether `text` is one of the results.
  public boolean matches(String text) {
    return indexOf(text) >= 0;
  }

  /// Bytes of the longest result in UTF-8.
  public long maxBytes() {
    return root.maxBytes();
  }

  /// Whether one of the results may be empty or end with `last`.
  public boolean canBeEmptyOrEndWith(char last) {
    return root.canBeEmpty() || root.canEndWith(last);
  }

  /// Whether one of the results contains `c`, which cannot be part of a range.
  public boolean canContain(char c) {
    return root.canContain(c);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BraceExpression expression && source.equals(expression.source);
  }

  @Override
  public int hashCode() {
    return source.hashCode();
  }

  /// As it was written.
  @Override
  public String toString() {
    return source;
  }
}
