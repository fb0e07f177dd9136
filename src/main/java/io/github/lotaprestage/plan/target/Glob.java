package io.github.lotaprestage.plan.target;

import io.github.lotaprestage.plan.braces.BraceExpression;
import org.jspecify.annotations.Nullable;

/// A wildcard over keys: `*` matches any characters and `?` any one character, and both match `/`.
///
/// Matching takes at most length(pattern) x length(text) steps, whatever the pattern, if there are
/// no braces in it.
public final class Glob {

  private final String source;
  private final int[] pattern;
  private final @Nullable BraceExpression braces;

  /// A wildcard in which braces are literal.
  public Glob(String source) {
    this(source, null);
  }

  private Glob(String source, @Nullable BraceExpression braces) {
    this.source = source;
    this.pattern = source.codePoints().toArray();
    this.braces = braces;
  }

  /// A wildcard in which braces stand for ranges and lists.
  ///
  /// @throws IllegalArgumentException if braces are nested too deep, as the end of a sentence
  public static Glob withBraces(String source) {
    return new Glob(source, BraceExpression.parseGlob(source).orElse(null));
  }

  /// The index of the first wildcard in `text`, or -1.
  public static int firstWildcard(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '*' || text.charAt(i) == '?') {
        return i;
      }
    }
    return -1;
  }

  /// Whether the whole of `text` matches.
  public boolean matches(String text) {
    return braces == null ? matchesPattern(text) : braces.matches(text);
  }

  private boolean matchesPattern(String text) {
    int[] subject = text.codePoints().toArray();
    int at = 0;
    int next = 0;
    int star = -1;
    int starAt = 0;
    while (at < subject.length) {
      if (next < pattern.length && pattern[next] == '*') {
        star = next++;
        starAt = at;
      } else if (next < pattern.length && (pattern[next] == '?' || pattern[next] == subject[at])) {
        next++;
        at++;
      } else if (star >= 0) {
        next = star + 1;
        at = ++starAt;
      } else {
        return false;
      }
    }
    while (next < pattern.length && pattern[next] == '*') {
      next++;
    }
    return next == pattern.length;
  }

  @Override
  public String toString() {
    return source;
  }
}
