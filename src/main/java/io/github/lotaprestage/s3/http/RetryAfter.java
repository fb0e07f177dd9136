package io.github.lotaprestage.s3.http;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How long a store asks to wait: `Retry-After` in seconds or as a date, at most five minutes. A
/// store that asks for more is asked again earlier, because a forgotten value must not hold a job
/// up for a day.
///
/// Source: RFC 9110 section 10.2.3.
public final class RetryAfter {

  static final Duration MOST = Duration.ofMinutes(5);

  private static final int MOST_DIGITS = 18;

  private RetryAfter() {}

  /// Null where there is no valid value.
  public static @Nullable Duration of(@Nullable String header, Instant now) {
    Duration asked = header == null ? null : asked(header.strip(), now);
    return asked == null ? null : asked.compareTo(MOST) > 0 ? MOST : asked;
  }

  /// Without a limit.
  static @Nullable Duration asked(String text, Instant now) {
    Instant date = Dates.http(text);
    if (date != null) {
      return date.isAfter(now) ? Duration.between(now, date) : Duration.ZERO;
    }
    boolean digits = !text.isEmpty() && text.length() <= MOST_DIGITS;
    for (int i = 0; i < text.length(); i++) {
      digits &= text.charAt(i) >= '0' && text.charAt(i) <= '9';
    }
    return digits ? Duration.ofSeconds(Long.parseLong(text)) : null;
  }
}
