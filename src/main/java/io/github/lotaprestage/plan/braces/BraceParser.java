package io.github.lotaprestage.plan.braces;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads expressions. Braces that contain neither a range nor a comma are literal, and what is
/// between them is read on its own. If any brace is unmatched, the whole text is literal.
final class BraceParser {

  private static final int MAX_DEPTH = 50;
  private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final Pattern NUMBERS = range("-?[0-9]+");
  private static final Pattern LETTER_RANGE = range("[A-Za-z]");

  private final boolean wildcards;
  private boolean found;

  private BraceParser(boolean wildcards) {
    this.wildcards = wildcards;
  }

  /// Two ends and perhaps a step, the sign of which has no meaning.
  private static Pattern range(String end) {
    return Pattern.compile("(%s)\\.\\.(%s)(?:\\.\\.-?([0-9]+))?".formatted(end, end));
  }

  static Optional<Part> parse(String text, boolean wildcards) {
    if (!isBalanced(text)) {
      return Optional.empty();
    }
    BraceParser parser = new BraceParser(wildcards);
    Part root = parser.text(text, 0);
    return parser.found ? Optional.of(root) : Optional.empty();
  }

  private static boolean isBalanced(String text) {
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case '\\' -> i++;
        case '{' -> depth++;
        case '}' -> depth--;
        default -> {}
      }
    }
    return depth == 0;
  }

  private Part text(String text, int level) {
    if (level > MAX_DEPTH) {
      throw new IllegalArgumentException("nests braces more than " + MAX_DEPTH + " deep");
    }
    List<Part> parts = new ArrayList<>();
    int start = 0;
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case '\\' -> i++;
        case '{' -> {
          if (depth == 0) {
            literal(text.substring(start, i), parts);
            start = i;
          }
          depth++;
        }
        case '}' -> {
          depth--;
          if (depth == 0) {
            braces(text.substring(start + 1, i), level, parts);
            start = i + 1;
          }
        }
        default -> {}
      }
    }
    literal(text.substring(start), parts);
    return parts.size() == 1 ? parts.getFirst() : Part.Sequence.of(parts);
  }

  private void braces(String inside, int level, List<Part> parts) {
    Matcher numbers = NUMBERS.matcher(inside);
    Matcher letters = LETTER_RANGE.matcher(inside);
    if (numbers.matches()) {
      found = true;
      parts.add(numbers(numbers.group(1), numbers.group(2), step(numbers)));
    } else if (letters.matches()) {
      found = true;
      parts.add(letters(letters.group(1), letters.group(2), step(letters)));
    } else {
      List<String> items = items(inside);
      if (items.size() > 1) {
        found = true;
        parts.add(Part.Alternatives.of(items.stream().map(item -> text(item, level + 1)).toList()));
      } else {
        parts.add(new Part.Literal("{"));
        parts.add(text(inside, level + 1));
        parts.add(new Part.Literal("}"));
      }
    }
  }

  private static BigInteger step(Matcher range) {
    BigInteger step = range.group(3) == null ? BigInteger.ONE : new BigInteger(range.group(3));
    return step.max(BigInteger.ONE);
  }

  /// If either end has a leading zero, all numbers are as wide as the wider end.
  private static Part numbers(String first, String last, BigInteger step) {
    int width = isPadded(first) || isPadded(last) ? Math.max(first.length(), last.length()) : 0;
    return Part.Numbers.of(new BigInteger(first), new BigInteger(last), step, width);
  }

  private static boolean isPadded(String number) {
    String digits = number.startsWith("-") ? number.substring(1) : number;
    return digits.length() > 1 && digits.startsWith("0");
  }

  /// Capital letters sort before small ones, and nothing is between them.
  private static Part letters(String first, String last, BigInteger size) {
    int at = LETTERS.indexOf(first);
    int end = LETTERS.indexOf(last);
    int step = size.min(BigInteger.valueOf(LETTERS.length())).intValue();
    List<Part> letters = new ArrayList<>();
    for (int i = 0; i <= Math.abs(end - at); i += step) {
      letters.add(new Part.Literal(LETTERS.substring(at + (at < end ? i : -i)).substring(0, 1)));
    }
    return Part.Alternatives.of(letters);
  }

  /// What the commas separate that are in no inner braces.
  private static List<String> items(String inside) {
    List<String> items = new ArrayList<>();
    int start = 0;
    int depth = 0;
    for (int i = 0; i < inside.length(); i++) {
      switch (inside.charAt(i)) {
        case '\\' -> i++;
        case '{' -> depth++;
        case '}' -> depth--;
        case ',' -> {
          if (depth == 0) {
            items.add(inside.substring(start, i));
            start = i + 1;
          }
        }
        default -> {}
      }
    }
    items.add(inside.substring(start));
    return items;
  }

  private void literal(String text, List<Part> parts) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        c = text.charAt(++i);
        found |= c == '{' || c == '}';
        plain.append(c);
      } else if (wildcards && (c == '*' || c == '?')) {
        flush(plain, parts);
        parts.add(new Part.Wildcard(c));
      } else {
        plain.append(c);
      }
    }
    flush(plain, parts);
  }

  private static void flush(StringBuilder plain, List<Part> parts) {
    if (!plain.isEmpty()) {
      parts.add(new Part.Literal(plain.toString()));
      plain.setLength(0);
    }
  }
}
