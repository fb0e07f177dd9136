package io.github.lotaprestage.s3.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads dates in the two forms that stores send, which have fixed positions. Every object has one
/// or two, and the JDK's formatters are much slower (docs/decisions).
public final class Dates {

  private static final int HTTP_LENGTH = "Sun, 01 Mar 2026 12:00:00 GMT".length();
  private static final int SECONDS_LENGTH = "2026-03-01T12:00:00".length();
  private static final int MILLISECONDS_LENGTH = "2026-03-01T12:00:00.000".length();
  private static final List<String> MONTHS =
      List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

  private Dates() {}

  /// `Sun, 01 Mar 2026 12:00:00 GMT`, as in headers. Null if the text is not such a date, because
  /// no date is better than a wrong one.
  ///
  /// Source: IMF-fixdate, RFC 9110 section 5.6.7.
  public static @Nullable Instant http(String text) {
    if (text.length() != HTTP_LENGTH || !text.endsWith(" GMT")) {
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

  /// `2026-03-01T12:00:00.000Z`, as in listings, or another form of ISO-8601.
  ///
  /// @throws DateTimeException if it is not a date
  public static Instant iso(String text) {
    boolean usual =
        text.endsWith("Z")
            && (text.length() == SECONDS_LENGTH + 1 || text.length() == MILLISECONDS_LENGTH + 1)
            && text.charAt(4) == '-'
            && text.charAt(7) == '-'
            && text.charAt(10) == 'T'
            && text.charAt(13) == ':'
            && text.charAt(16) == ':';
    if (!usual || (text.length() > SECONDS_LENGTH + 1 && text.charAt(SECONDS_LENGTH) != '.')) {
      return other(text);
    }
    try {
      return LocalDateTime.of(
              number(text, 0, 4),
              number(text, 5, 7),
              number(text, 8, 10),
              number(text, 11, 13),
              number(text, 14, 16),
              number(text, 17, 19),
              text.length() == SECONDS_LENGTH + 1
                  ? 0
                  : 1_000_000 * number(text, SECONDS_LENGTH + 1, MILLISECONDS_LENGTH))
          .toInstant(ZoneOffset.UTC);
    } catch (NumberFormatException e) {
      return other(text);
    }
  }

  /// Some stores omit the zone; it is UTC then.
  private static Instant other(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      return LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
    }
  }

  private static int number(String text, int from, int to) {
    char first = text.charAt(from);
    if (first == '+' || first == '-') {
      throw new NumberFormatException("a date has no signs");
    }
    return Integer.parseInt(text, from, to, 10);
  }
}
