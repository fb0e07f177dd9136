package io.github.lotaprestage.source.listing;

import io.github.lotaprestage.plan.target.KeyOrder;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Guesses keys between two others from a sample of keys nearby.
///
/// A key is read as a number whose digits are its characters. The sample gives the digits of each
/// position: a letter that all keys share is constant, and a position with a `3` may have any digit
/// from `0` to `9`.
final class Interpolation {

  private static final List<String> ALPHABETS =
      List.of("0123456789", "ABCDEF", "GHIJKLMNOPQRSTUVWXYZ", "abcdef", "ghijklmnopqrstuvwxyz");

  /// Positions are used until they distinguish this many keys.
  private static final long ENOUGH = 1L << 50;

  private final String start;
  private final List<String> digits = new ArrayList<>();
  private long numbers = 1;

  private Interpolation(List<String> sample, int fixed) {
    this.start = sample.getFirst().substring(0, fixed);
    int longest = sample.stream().mapToInt(String::length).max().orElse(0);
    for (int i = fixed; i < longest && numbers < ENOUGH; i++) {
      String here = digitsAt(i, sample);
      digits.add(here);
      numbers *= here.length();
    }
  }

  /// Guesses keys between the last key of the sample and `until`, in no particular order. Half of
  /// them are evenly spaced; the distance between the others grows, because numbers often have
  /// leading zeros.
  ///
  /// @param sample keys in order, at least one
  /// @param fixed the number of leading characters that all keys share
  /// @param until a key after the sample; null for the last key with the shared characters
  /// @param count the maximum number of keys
  static List<String> between(List<String> sample, int fixed, @Nullable String until, int count) {
    Interpolation keys = new Interpolation(sample, fixed);
    long from = keys.number(sample.getLast());
    double distance =
        (until == null || !until.startsWith(keys.start) ? keys.numbers : keys.number(until)) - from;
    double step = Math.max(1, from - keys.number(sample.getFirst()));
    int even = (count + 1) / 2;
    int widening = count - even;
    double factor = Math.pow(Math.max(1, distance / step), 1.0 / (widening + 1));
    List<String> guesses = new ArrayList<>();
    for (int i = 1; i <= even; i++) {
      guesses.add(keys.key(from + (long) (distance * i / (even + 1))));
    }
    for (int i = 1; i <= widening; i++) {
      guesses.add(keys.key(from + (long) (step * Math.pow(factor, i))));
    }
    CharsetEncoder utf8 = StandardCharsets.UTF_8.newEncoder();
    return guesses.stream().filter(utf8::canEncode).toList();
  }

  private static String digitsAt(int position, List<String> sample) {
    Set<String> seen = new TreeSet<>(KeyOrder.BY_BYTES);
    for (String key : sample) {
      if (key.length() > position) {
        seen.add(key.substring(position, position + 1));
      }
    }
    boolean alwaysTheSame =
        seen.size() == 1 && ALPHABETS.getFirst().indexOf(seen.iterator().next()) < 0;
    if (!alwaysTheSame) {
      for (String alphabet : ALPHABETS) {
        if (seen.stream().anyMatch(alphabet::contains)) {
          alphabet.chars().mapToObj(Character::toString).forEach(seen::add);
        }
      }
    }
    return String.join("", seen);
  }

  /// The number of a key, or the next number after a key that has none.
  private long number(String key) {
    long number = 0;
    long weight = numbers;
    for (int i = 0; i < digits.size(); i++) {
      String here = digits.get(i);
      int position = start.length() + i;
      if (position >= key.length()) {
        return number;
      }
      weight /= here.length();
      String c = key.substring(position, position + 1);
      int rank = 0;
      while (rank < here.length()
          && KeyOrder.BY_BYTES.compare(here.substring(rank, rank + 1), c) < 0) {
        rank++;
      }
      number += rank * weight;
      if (rank == here.length() || here.charAt(rank) != c.charAt(0)) {
        return number;
      }
    }
    return number;
  }

  private String key(long number) {
    StringBuilder key = new StringBuilder(start);
    long rest = number;
    long weight = numbers;
    for (String here : digits) {
      weight /= here.length();
      key.append(here.charAt(Math.clamp(rest / weight, 0, here.length() - 1)));
      rest %= weight;
    }
    return key.toString();
  }
}
