package io.github.lotaprestage.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// Finds the name that was most likely meant.
final class Misspelling {

  private Misspelling() {}

  /// The most similar name: one that `given` is the beginning of, or one that needs few changes.
  ///
  /// @param names long names of options, or variables
  static Optional<String> correct(String given, Collection<String> names) {
    String plain = given.toLowerCase(Locale.ROOT).replace('_', '-');
    int most = Math.max(1, plain.length() / 4);
    return names.stream()
        .filter(name -> distance(plain, plain(name)) <= most)
        .min(Comparator.comparingInt(name -> distance(plain, plain(name))))
        .or(() -> names.stream().filter(name -> plain(name).startsWith(plain)).findFirst());
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// Letters to insert, remove or replace (Levenshtein's distance).
  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[other.length()];
  }
}
