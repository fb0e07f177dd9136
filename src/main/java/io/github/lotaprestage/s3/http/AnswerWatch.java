package io.github.lotaprestage.s3.http;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sees the answer to every request and records what matters for the whole run.
public final class AnswerWatch {

  private static final Logger log = LoggerFactory.getLogger(AnswerWatch.class);

  /// Waits of at least this length are reported.
  private static final Duration LONG = Duration.ofMinutes(1);

  private final StoreClock clock;
  private final AtomicBoolean waitReported = new AtomicBoolean();

  public AnswerWatch(StoreClock clock) {
    this.clock = clock;
  }

  /// The same for requests that are not sent again, whatever wait the store asks for.
  public static AnswerWatch withoutWaits(StoreClock clock) {
    AnswerWatch watch = new AnswerWatch(clock);
    watch.waitReported.set(true);
    return watch;
  }

  void answered(HttpResponse answer) {
    int status = answer.getCode();
    if (status < 400) {
      return;
    }
    if (value(answer, HttpHeaders.AGE) == null) { // else a cache kept it, with its date
      clock.answered(status, value(answer, HttpHeaders.DATE));
    }
    String retryAfter = value(answer, HttpHeaders.RETRY_AFTER);
    Duration wait = RetryAfter.of(retryAfter, Instant.now());
    if (wait != null && wait.compareTo(LONG) >= 0 && !waitReported.getAndSet(true)) {
      log.warn(
          "the store asks to wait (status {}, Retry-After: {}); the next attempt is made after {}"
              + " seconds",
          status,
          retryAfter,
          wait.toSeconds());
    }
  }

  private static @Nullable String value(HttpResponse answer, String name) {
    Header header = answer.getFirstHeader(name);
    return header == null ? null : header.getValue();
  }
}
