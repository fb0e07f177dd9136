package io.github.lotaprestage.plan.braces;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// A piece of an expression. It stands for at least one text; these are numbered from 0.
sealed interface Part {

  /// Marks a position that no result leads to.
  long UNREACHED = -1;

  /// How many texts, at most the largest long.
  long count();

  void append(long index, StringBuilder to);

  /// Follows this piece through `text`.
  ///
  /// @param from for each position of `text`, the smallest number of what leads there, or
  ///   [#UNREACHED]
  /// @return the same after this piece; its own number changes fastest
  long[] match(long[] from, String text);

  /// UTF-8 bytes of the longest text.
  long maxBytes();

  boolean canBeEmpty();

  boolean canEndWith(char last);

  /// Whether `c` is in one of the texts, ranges aside.
  boolean canContain(char c);

  /// Text that stands for itself.
  record Literal(String text) implements Part {
    @Override
    public long count() {
      return 1;
    }

    @Override
    public void append(long index, StringBuilder to) {
      to.append(text);
    }

    @Override
    public long[] match(long[] from, String subject) {
      long[] to = unreached(from.length);
      for (int at = 0; at + text.length() < from.length; at++) {
        if (from[at] >= 0 && subject.startsWith(text, at)) {
          to[at + text.length()] = from[at];
        }
      }
      return to;
    }

    @Override
    public long maxBytes() {
      return text.getBytes(StandardCharsets.UTF_8).length;
    }

    @Override
    public boolean canBeEmpty() {
      return text.isEmpty();
    }

    @Override
    public boolean canEndWith(char last) {
      return !text.isEmpty() && text.charAt(text.length() - 1) == last;
    }

    @Override
    public boolean canContain(char c) {
      return text.indexOf(c) >= 0;
    }
  }

  /// `*`, which matches any characters, or `?`, which matches one.
  record Wildcard(char symbol) implements Part {
    @Override
    public long count() {
      return 1;
    }

    @Override
    public void append(long index, StringBuilder to) {
      to.append(symbol);
    }

    @Override
    public long[] match(long[] from, String subject) {
      long[] to = unreached(from.length);
      for (int at = 0; at < from.length; at++) {
        if (symbol == '*') {
          to[at] = at > 0 && to[at - 1] >= 0 ? to[at - 1] : from[at];
        } else if (from[at] >= 0 && at < subject.length()) {
          to[subject.offsetByCodePoints(at, 1)] = from[at];
        }
      }
      return to;
    }

    @Override
    public long maxBytes() {
      return 1;
    }

    @Override
    public boolean canBeEmpty() {
      return false;
    }

    @Override
    public boolean canEndWith(char last) {
      return last == symbol;
    }

    @Override
    public boolean canContain(char c) {
      return c == symbol;
    }
  }

  /// `{first..last..step}`
  ///
  /// @param step what is added from one number to the next; it may be negative
  /// @param width characters to fill with zeros, the sign included; 0 for none
  record Numbers(BigInteger first, BigInteger step, long count, int width) implements Part {

    /// From `first` as far as, but not beyond, `last`.
    static Numbers of(BigInteger first, BigInteger last, BigInteger size, int width) {
      BigInteger steps = last.subtract(first).abs().divide(size);
      return new Numbers(
          first,
          last.compareTo(first) < 0 ? size.negate() : size,
          steps.bitLength() < Long.SIZE - 1 ? steps.longValue() + 1 : Long.MAX_VALUE,
          width);
    }

    @Override
    public void append(long index, StringBuilder to) {
      to.append(written(first.add(step.multiply(BigInteger.valueOf(index)))));
    }

    private String written(BigInteger number) {
      String sign = number.signum() < 0 ? "-" : "";
      String digits = number.abs().toString();
      return sign + "0".repeat(Math.max(0, width - sign.length() - digits.length())) + digits;
    }

    @Override
    public long[] match(long[] from, String subject) {
      long[] to = unreached(from.length);
      int longest = (int) maxBytes();
      for (int at = 0; at < subject.length(); at++) {
        if (from[at] >= 0) {
          int digits = subject.charAt(at) == '-' ? at + 1 : at;
          int limit = Math.min(subject.length(), at + longest);
          for (int end = digits; end < limit && isDigit(subject.charAt(end)); end++) {
            long index = indexOf(subject.substring(at, end + 1));
            if (index >= 0) {
              reach(to, end + 1, plus(times(from[at], count), index));
            }
          }
        }
      }
      return to;
    }

    private long indexOf(String text) {
      BigInteger number = new BigInteger(text);
      BigInteger[] steps = number.subtract(first).divideAndRemainder(step);
      boolean within =
          steps[1].signum() == 0
              && steps[0].signum() >= 0
              && steps[0].compareTo(BigInteger.valueOf(count)) < 0;
      return within && written(number).equals(text) ? steps[0].longValue() : UNREACHED;
    }

    private static boolean isDigit(char c) {
      return c >= '0' && c <= '9';
    }

    @Override
    public long maxBytes() {
      BigInteger last = first.add(step.multiply(BigInteger.valueOf(count - 1)));
      return Math.max(written(first).length(), written(last).length());
    }

    @Override
    public boolean canBeEmpty() {
      return false;
    }

    @Override
    public boolean canEndWith(char last) {
      return false;
    }

    @Override
    public boolean canContain(char c) {
      return false;
    }
  }

  /// `{a,b}` and `{a..z}`: the texts of one part after those of another.
  record Alternatives(List<Part> parts, long count) implements Part {

    static Alternatives of(List<Part> parts) {
      return new Alternatives(parts, parts.stream().mapToLong(Part::count).reduce(0, Part::plus));
    }

    @Override
    public void append(long index, StringBuilder to) {
      long left = index;
      int part = 0;
      while (left >= parts.get(part).count()) {
        left -= parts.get(part).count();
        part++;
      }
      parts.get(part).append(left, to);
    }

    @Override
    public long[] match(long[] from, String text) {
      long[] to = unreached(from.length);
      for (int at = 0; at < from.length; at++) {
        if (from[at] >= 0) {
          long[] here = unreached(from.length);
          here[at] = 0;
          long before = times(from[at], count);
          for (Part part : parts) {
            long[] after = part.match(here, text);
            for (int end = at; end < after.length; end++) {
              if (after[end] >= 0) {
                reach(to, end, plus(before, after[end]));
              }
            }
            before = plus(before, part.count());
          }
        }
      }
      return to;
    }

    @Override
    public long maxBytes() {
      return parts.stream().mapToLong(Part::maxBytes).max().orElse(0);
    }

    @Override
    public boolean canBeEmpty() {
      return parts.stream().anyMatch(Part::canBeEmpty);
    }

    @Override
    public boolean canEndWith(char last) {
      return parts.stream().anyMatch(part -> part.canEndWith(last));
    }

    @Override
    public boolean canContain(char c) {
      return parts.stream().anyMatch(part -> part.canContain(c));
    }
  }

  /// Parts one after another, each text of one with each of the others. The last changes fastest.
  record Sequence(List<Part> parts, long count) implements Part {

    static Sequence of(List<Part> parts) {
      return new Sequence(parts, parts.stream().mapToLong(Part::count).reduce(1, Part::times));
    }

    @Override
    public void append(long index, StringBuilder to) {
      long[] weights = new long[parts.size()];
      long weight = 1;
      for (int i = parts.size() - 1; i >= 0; i--) {
        weights[i] = weight;
        weight = times(weight, parts.get(i).count());
      }
      long left = index;
      for (int i = 0; i < weights.length; i++) {
        parts.get(i).append(left / weights[i], to);
        left %= weights[i];
      }
    }

    @Override
    public long[] match(long[] from, String text) {
      long[] at = from;
      for (Part part : parts) {
        at = part.match(at, text);
      }
      return at;
    }

    @Override
    public long maxBytes() {
      return parts.stream().mapToLong(Part::maxBytes).sum();
    }

    @Override
    public boolean canBeEmpty() {
      return parts.stream().allMatch(Part::canBeEmpty);
    }

    @Override
    public boolean canEndWith(char last) {
      for (Part part : parts.reversed()) {
        if (part.canEndWith(last)) {
          return true;
        }
        if (!part.canBeEmpty()) {
          return false;
        }
      }
      return false;
    }

    @Override
    public boolean canContain(char c) {
      return parts.stream().anyMatch(part -> part.canContain(c));
    }
  }

  private static long[] unreached(int length) {
    long[] positions = new long[length];
    Arrays.fill(positions, UNREACHED);
    return positions;
  }

  private static void reach(long[] positions, int at, long number) {
    if (positions[at] < 0 || number < positions[at]) {
      positions[at] = number;
    }
  }

  private static long times(long one, long other) {
    return one != 0 && other > Long.MAX_VALUE / one ? Long.MAX_VALUE : one * other;
  }

  private static long plus(long one, long other) {
    return other > Long.MAX_VALUE - one ? Long.MAX_VALUE : one + other;
  }
}
