package io.github.lotaprestage.s3.head;

import io.github.lotaprestage.s3.http.AnswerHeaders;
import org.jspecify.annotations.Nullable;

/// The size of the whole object according to an answer to a HEAD with `Range: bytes=0-0`: the total
/// of `Content-Range`, or the `Content-Length` of a store that ignores the range.
///
/// Source: RFC 9110 sections 8.6 and 14.4.
sealed interface AnsweredSize {

  record Bytes(long count) implements AnsweredSize {}

  /// The answer does not name a size.
  record Unknown() implements AnsweredSize {}

  /// @param certain whether the answer is about the range; a length of 0 alone is weaker evidence
  record Zero(boolean certain) implements AnsweredSize {}

  /// The answer is not about the first byte of an object.
  record Invalid(String code, String problem) implements AnsweredSize {}

  String FIRST_BYTE_OF = "bytes 0-0/";
  String NO_BYTE_OF = "bytes */";

  /// The longest number that always fits into a long.
  int MAX_DIGITS = 18;

  /// @param answer with status 200, 206 or 416
  static AnsweredSize of(AnswerHeaders answer) {
    String range = answer.contentRange();
    if (answer.status() == HeadVerdict.RANGE_NOT_SATISFIABLE) {
      return range == null || total(range, NO_BYTE_OF) == 0 ? new Zero(true) : unexpected(range);
    }
    if (range != null) {
      return partial(range);
    }
    return answer.status() == 200 ? full(answer.contentLength()) : new Unknown();
  }

  private static AnsweredSize partial(String range) {
    if (range.equalsIgnoreCase("bytes 0-0/*")) {
      return new Unknown();
    }
    long total = total(range, FIRST_BYTE_OF);
    return total > 0 ? new Bytes(total) : unexpected(range);
  }

  private static AnsweredSize full(@Nullable String length) {
    if (length == null) {
      return new Unknown();
    }
    long bytes = number(length, 0);
    if (bytes < 0) {
      return new Invalid("UnexpectedLength", "the answer has the Content-Length '" + length + "'");
    }
    return bytes == 0 ? new Zero(false) : new Bytes(bytes);
  }

  private static AnsweredSize unexpected(String range) {
    return new Invalid(
        "UnexpectedRange",
        "asked for the first byte, but the answer has the Content-Range '" + range + "'");
  }

  /// The number after `start`, or -1.
  private static long total(String range, String start) {
    return range.regionMatches(true, 0, start, 0, start.length())
        ? number(range, start.length())
        : -1;
  }

  /// The decimal number from `from` to the end, or -1.
  private static long number(String text, int from) {
    int digits = text.length() - from;
    if (digits < 1 || digits > MAX_DIGITS) {
      return -1;
    }
    for (int i = from; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return -1;
      }
    }
    return Long.parseLong(text, from, text.length(), 10);
  }
}
