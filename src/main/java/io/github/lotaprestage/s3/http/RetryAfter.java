package io.github.lotaprestage.s3.http;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The wait that a store asks for with `Retry-After`, in seconds or as a date, limited to five
/// minutes. The limit prevents a wrong value from delaying a job for a day.
///
/// Source: RFC 9110 section 10.2.3.
public final class RetryAfter {

  private static final Duration MAX_WAIT = Duration.ofMinutes(5);

  private static final int MAX_DIGITS = 18;

  private RetryAfter() {}

  /// Null if there is no valid value.
  public static @Nullable Duration of(@Nullable String header, Instant now) {
    Duration asked = header == null ? null : asked(header.strip(), now);
    return asked == null ? null : asked.compareTo(MAX_WAIT) > 0 ? MAX_WAIT : asked;
  }

  /// The wait without the limit.
  private static @Nullable Duration asked(String text, Instant now) {
    Instant date = Dates.http(text);
    if (date != null) {
      return date.isAfter(now) ? Duration.between(now, date) : Duration.ZERO;
    }
    boolean digits = !text.isEmpty() && text.length() <= MAX_DIGITS;
    for (int i = 0; i < text.length(); i++) {
      digits &= text.charAt(i) >= '0' && text.charAt(i) <= '9';
    }
    return digits ? Duration.ofSeconds(Long.parseLong(text)) : null;
  }
}
