package io.github.lotaprestage.source.listing;

import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.plan.target.KeyOrder;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// Reads keys as numbers, in key order, so that distances between keys can be compared and keys in
/// between be guessed.
///
/// The digits of a position are the characters that a sample of keys has there. Where the sample
/// has a `3`, there may be any digit, also from `a` to `f` if the keys look hexadecimal. Where
/// words begin to differ, there may be any letter of these words.
final class KeyScale {

  private static final BitSet NUMERALS = range('0', '9');
  private static final BitSet HEXADECIMAL = range('a', 'f');
  private static final BitSet LETTERS = range('a', 'z');

  static {
    LETTERS.or(range('A', 'Z'));
  }

  /// Positions are used until they distinguish this many keys.
  private static final long ENOUGH = 1L << 52;

  /// Later positions make no difference.
  private static final int POSITIONS = 64;

  private final String shared;
  private final List<String> digits = new ArrayList<>();
  private final boolean hexadecimal;
  private boolean unseenLetters;
  private long size = 1;

  /// @param sample keys that all start with `shared`
  KeyScale(List<String> sample, String shared) {
    this.shared = shared;
    List<BitSet> seen = seen(sample, shared.length());
    hexadecimal =
        seen.stream().anyMatch(here -> here.intersects(NUMERALS) && here.intersects(HEXADECIMAL));
    boolean word = false;
    for (int i = 0; i < seen.size(); i++) {
      word = isLetters(seen.get(i)) && (word || differs(seen, i));
      BitSet here = (BitSet) seen.get(i).clone();
      if (here.intersects(NUMERALS)) {
        here.or(NUMERALS);
        if (hexadecimal) {
          here.or(HEXADECIMAL);
        }
      } else if (word && here.cardinality() < 3) {
        here.or(rest(seen, i));
        unseenLetters = true;
      }
      if (size > ENOUGH / here.cardinality()) {
        break;
      }
      size *= here.cardinality();
      digits.add(
          here.stream()
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              .toString());
    }
  }

  private static List<BitSet> seen(List<String> sample, int from) {
    List<BitSet> seen = new ArrayList<>();
    for (String key : sample) {
      int to = Math.min(key.length(), from + POSITIONS);
      for (int i = from; i < to && key.charAt(i) < Character.MIN_SURROGATE; i++) {
        if (i - from == seen.size()) {
          seen.add(new BitSet());
        }
        seen.get(i - from).set(key.charAt(i));
      }
    }
    return seen;
  }

  /// Whether the word at a position is not the same in all keys.
  private static boolean differs(List<BitSet> seen, int position) {
    return seen.stream()
        .skip(position)
        .takeWhile(KeyScale::isLetters)
        .anyMatch(here -> here.cardinality() > 1);
  }

  /// The letters of a word from this position on.
  private static BitSet rest(List<BitSet> seen, int position) {
    BitSet letters = new BitSet();
    for (int i = position; i < seen.size() && isLetters(seen.get(i)); i++) {
      letters.or(seen.get(i));
    }
    return letters;
  }

  private static boolean isLetters(BitSet here) {
    BitSet others = (BitSet) here.clone();
    others.andNot(LETTERS);
    return others.isEmpty();
  }

  private static BitSet range(char first, char last) {
    BitSet characters = new BitSet();
    characters.set(first, last + 1);
    return characters;
  }

  boolean isHexadecimal() {
    return hexadecimal;
  }

  /// Whether letters count that no key of the sample has at their position.
  boolean hasUnseenLetters() {
    return unseenLetters;
  }

  /// Above the number of every key that starts with the shared characters.
  long size() {
    return size;
  }

  /// The number of a key, or the next number after a key that has none.
  long number(String key) {
    if (!key.startsWith(shared)) {
      return KeyOrder.BY_BYTES.compare(key, shared) < 0 ? 0 : size;
    }
    long number = 0;
    long weight = size;
    for (int i = 0; i < digits.size() && shared.length() + i < key.length(); i++) {
      String here = digits.get(i);
      char c = key.charAt(shared.length() + i);
      weight /= here.length();
      int rank = 0;
      while (rank < here.length() && here.charAt(rank) < c) {
        rank++;
      }
      number += rank * weight;
      if (rank == here.length() || here.charAt(rank) != c) {
        break;
      }
    }
    return number;
  }

  /// How much a page of these objects covers.
  double step(List<ObjectRef> objects) {
    int count = objects.size();
    double distance = number(objects.getLast().key()) - number(objects.getFirst().key());
    return count < 2 ? distance : distance * count / (count - 1);
  }

  String key(long number) {
    StringBuilder key = new StringBuilder(shared);
    long rest = Math.clamp(number, 0, size - 1);
    long weight = size;
    for (String here : digits) {
      weight /= here.length();
      key.append(here.charAt((int) (rest / weight)));
      rest %= weight;
    }
    return key.toString();
  }
}
