package io.github.lotaprestage.report.live;

import io.github.lotaprestage.report.format.Columns;
import java.util.Collections;
import java.util.List;

/// A part of a line, which can be said in more or fewer words.
///
/// @param weights how much each form matters, compared with those of other pieces; the form that
///   matters least is replaced by the next one first
/// @param colour what it means
/// @param forms from the longest to the shortest; an empty string leaves it out
record Piece(List<Integer> weights, Colour colour, List<String> forms) {

  /// The meaning of a colour.
  enum Colour {
    PLAIN(""),
    GOOD("\u001b[32m"),
    WARNING("\u001b[33m"),
    BAD("\u001b[31m"),
    ASIDE("\u001b[2m");

    private static final String END = "\u001b[0m";

    private final String begin;

    Colour(String begin) {
      this.begin = begin;
    }

    String paint(String text) {
      return begin.isEmpty() ? text : begin + text + END;
    }
  }

  /// All its forms matter as much.
  static Piece of(int weight, Colour colour, String... forms) {
    return new Piece(Collections.nCopies(forms.length, weight), colour, List.of(forms));
  }

  int columns(int form) {
    return Columns.width(forms.get(form));
  }
}
