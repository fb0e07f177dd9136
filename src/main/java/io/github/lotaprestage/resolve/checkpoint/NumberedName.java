package io.github.lotaprestage.resolve.checkpoint;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A name, ordered by the numbers in it, from left to right: `step-900` < `step-1000`, `2026-09-30`
/// < `2026-10-01`, `epoch=3-step=200` < `epoch=3-step=1000`.
///
/// A value with a name counts if the name is that of a counter; metrics, such as
/// `val_loss=-1.5e-05`, do not. Numbers with one dot, such as `1.10`, decide only if all else is
/// equal.
///
/// @param counts what is compared first
/// @param dotted what is compared after it
record NumberedName(String name, List<BigDecimal> counts, List<BigDecimal> dotted)
    implements Comparable<NumberedName> {

  /// A value with a name, or digits that may be separated by dots.
  private static final Pattern NUMBER =
      Pattern.compile(
          "(?<label>[A-Za-z][A-Za-z0-9_]*)=(?<value>[-+]?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]{1,4})?)"
              + "|(?<digits>[0-9]+(\\.[0-9]+)*)(?<exponent>(?<=\\.[0-9]{1,9})[eE][-+]?[0-9]+)?");

  private static final Pattern COUNTER =
      Pattern.compile(
          "(?i)(.*_)?(epochs?|ep|(global_?)?steps?|iter(ation)?s?|batch(es)?|ba|samples?|tokens?"
              + "|time(stamp)?|date)");

  static NumberedName of(String name) {
    List<BigDecimal> counts = new ArrayList<>();
    List<BigDecimal> dotted = new ArrayList<>();
    Matcher number = NUMBER.matcher(name);
    while (number.find()) {
      String label = number.group("label");
      if (label != null) {
        if (COUNTER.matcher(label).matches()) {
          counts.add(new BigDecimal(number.group("value")));
        }
      } else {
        List<BigDecimal> parts = integers(number.group("digits"));
        (parts.size() == 2 ? dotted : counts).addAll(parts);
      }
    }
    return new NumberedName(name, List.copyOf(counts), List.copyOf(dotted));
  }

  private static List<BigDecimal> integers(String digits) {
    List<BigDecimal> parts = new ArrayList<>();
    for (String part : digits.split("\\.", -1)) {
      parts.add(new BigDecimal(new BigInteger(part)));
    }
    return parts;
  }

  boolean hasNumbers() {
    return !counts.isEmpty() || !dotted.isEmpty();
  }

  /// Compares the numbers only.
  int compareNumbers(NumberedName other) {
    int order = compare(counts, other.counts);
    return order == 0 ? compare(dotted, other.dotted) : order;
  }

  /// Names with the same numbers are in the order of their text.
  @Override
  public int compareTo(NumberedName other) {
    int order = compareNumbers(other);
    return order == 0 ? name.compareTo(other.name) : order;
  }

  /// What is missing is smaller than all else.
  private static int compare(List<BigDecimal> some, List<BigDecimal> others) {
    Iterator<BigDecimal> other = others.iterator();
    for (BigDecimal each : some) {
      if (!other.hasNext()) {
        return 1;
      }
      int order = each.compareTo(other.next());
      if (order != 0) {
        return order;
      }
    }
    return other.hasNext() ? -1 : 0;
  }
}
