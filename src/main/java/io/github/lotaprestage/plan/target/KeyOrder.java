package io.github.lotaprestage.plan.target;

import java.util.Comparator;

/// The order in which S3 lists keys: that of their UTF-8 bytes. Java's strings sort characters
/// above U+FFFF differently.
public enum KeyOrder implements Comparator<String> {
  BY_BYTES;

  @Override
  public int compare(String one, String other) {
    int shared = Math.min(one.length(), other.length());
    for (int i = 0; i < shared; i++) {
      char a = one.charAt(i);
      char b = other.charAt(i);
      if (a != b) {
        int highest = Boolean.compare(Character.isSurrogate(a), Character.isSurrogate(b));
        return highest == 0 ? Character.compare(a, b) : highest;
      }
    }
    return Integer.compare(one.length(), other.length());
  }

  /// What both begin with, in whole characters.
  public static String sharedPrefix(String one, String other) {
    int length = 0;
    int shortest = Math.min(one.length(), other.length());
    while (length < shortest && one.charAt(length) == other.charAt(length)) {
      length++;
    }
    boolean cutsCharacter = length > 0 && Character.isHighSurrogate(one.charAt(length - 1));
    return one.substring(0, cutsCharacter ? length - 1 : length);
  }
}
