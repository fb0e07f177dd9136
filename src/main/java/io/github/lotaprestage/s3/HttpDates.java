package io.github.lotaprestage.s3;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads `Sun, 01 Mar 2026 12:00:00 GMT`, the one form of a date that HTTP servers send. It is in
/// every answer, and the JDK's formatter takes a tenth of all the time that an object needs.
///
/// Source: IMF-fixdate, RFC 9110 section 5.6.7.
final class HttpDates {

  private static final int LENGTH = 29;
  private static final List<String> MONTHS =
      List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

  private HttpDates() {}

  /// Null where the text is no such date: none is better than a wrong one.
  static @Nullable Instant parse(String text) {
    if (text.length() != LENGTH || !text.endsWith(" GMT")) {
      return null;
    }
    try {
      return LocalDateTime.of(
              number(text, 12, 16),
              MONTHS.indexOf(text.substring(8, 11)) + 1,
              number(text, 5, 7),
              number(text, 17, 19),
              number(text, 20, 22),
              number(text, 23, 25))
          .toInstant(ZoneOffset.UTC);
    } catch (DateTimeException | NumberFormatException e) {
      return null;
    }
  }

  private static int number(String text, int from, int to) {
    return Integer.parseInt(text, from, to, 10);
  }
}
