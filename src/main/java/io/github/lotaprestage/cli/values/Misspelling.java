package io.github.lotaprestage.cli.values;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// Finds the name that was most likely meant.
public final class Misspelling {

  private Misspelling() {}

  /// The most similar name: a name that starts with `given`, or one that differs by few changes.
  ///
  /// @param names long names of options, or variables
  public static Optional<String> correct(String given, Collection<String> names) {
    String plain = given.toLowerCase(Locale.ROOT).replace('_', '-');
    int most = Math.max(1, plain.length() / 4);
    return names.stream()
        .filter(name -> Math.abs(plain.length() - name.length()) <= most)
        .filter(name -> distance(plain, plain(name)) <= most)
        .min(Comparator.comparingInt(name -> distance(plain, plain(name))))
        .or(() -> names.stream().filter(name -> plain(name).startsWith(plain)).findFirst());
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The number of changes between two words (optimal string alignment): a letter inserted, removed
  /// or replaced, or two neighbours swapped.
  private static int distance(String one, String other) {
    int[][] changes = new int[one.length() + 1][other.length() + 1];
    for (int i = 0; i <= one.length(); i++) {
      for (int j = 0; j <= other.length(); j++) {
        changes[i][j] =
            i == 0 || j == 0
                ? i + j
                : Math.min(
                    changes[i - 1][j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1),
                    Math.min(changes[i - 1][j], changes[i][j - 1]) + 1);
        if (areSwapped(one, i, other, j)) {
          changes[i][j] = Math.min(changes[i][j], changes[i - 2][j - 2] + 1);
        }
      }
    }
    return changes[one.length()][other.length()];
  }

  private static boolean areSwapped(String one, int i, String other, int j) {
    return i > 1
        && j > 1
        && one.charAt(i - 1) == other.charAt(j - 2)
        && one.charAt(i - 2) == other.charAt(j - 1);
  }
}
