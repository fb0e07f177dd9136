package io.github.lotaprestage.source.lists;

import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads lines as editors on Windows write them: a byte order mark before the first line and a
/// carriage return before a line feed are not part of a key.
///
/// Text that is not UTF-8, or whose lines are separated by NUL, is rejected at its first line
/// instead of key by key.
final class TextList {

  private static final Logger log = LoggerFactory.getLogger(TextList.class);
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  /// The whole list cannot be read.
  static final class NotAKeyListException extends Exception {
    private NotAKeyListException(String reason) {
      super(reason);
    }
  }

  private boolean first = true;
  private boolean noted;

  /// Returns the bytes of a line that belong to the key.
  ///
  /// @param delimited whether the line ended with a line feed
  /// @param list the name of the list, for the message about line ends
  byte[] line(byte[] line, boolean delimited, String list) throws NotAKeyListException {
    int from = 0;
    if (first) {
      first = false;
      requireUtf8(line);
      from = startsWithMark(line) ? BYTE_ORDER_MARK.length : 0;
    }
    int to = line.length;
    if (delimited && to > from && line[to - 1] == '\r') {
      to--;
      noteLineEnds(list);
    }
    return to - from == line.length ? line : Arrays.copyOfRange(line, from, to);
  }

  private void noteLineEnds(String list) {
    if (!noted) {
      noted = true;
      log.warn(
          "{} has Windows line ends (CR LF), which are not part of its keys;"
              + " keys that end with CR need --files-from0",
          list);
    }
  }

  private static void requireUtf8(byte[] line) throws NotAKeyListException {
    if (line.length > 1 && isUtf16Mark(line[0], line[1])) {
      throw new NotAKeyListException(
          "this is UTF-16; convert it to UTF-8 first (iconv -f UTF-16 -t UTF-8)");
    }
    if (containsNul(line)) {
      throw new NotAKeyListException(
          "its first line contains a NUL character; use --files-from0 if NUL separates the keys,"
              + " or convert it to UTF-8 if it is UTF-16 (iconv -f UTF-16LE -t UTF-8)");
    }
  }

  private static boolean isUtf16Mark(byte one, byte two) {
    return (one == (byte) 0xFF && two == (byte) 0xFE) || (one == (byte) 0xFE && two == (byte) 0xFF);
  }

  private static boolean containsNul(byte[] line) {
    for (byte b : line) {
      if (b == 0) {
        return true;
      }
    }
    return false;
  }

  private static boolean startsWithMark(byte[] line) {
    return line.length >= BYTE_ORDER_MARK.length
        && Arrays.equals(
            line, 0, BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length);
  }
}
