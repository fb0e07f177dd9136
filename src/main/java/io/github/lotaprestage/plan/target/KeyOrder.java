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
}
