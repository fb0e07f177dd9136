package io.github.lotaprestage.s3.http;

import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.core5.http.HttpHost;
import org.jspecify.annotations.Nullable;

/// How long an endpoint has been silent: the time since it last gave any sign of life, or since the
/// first request after that, while it owes an answer.
public final class SilenceTimer {

  /// Nothing is owed.
  private static final long QUIET = Long.MIN_VALUE;

  private final AtomicInteger waiting = new AtomicInteger();
  private volatile long since = QUIET;
  private volatile @Nullable HttpHost host;

  /// A request begins, its connection included.
  public void begin(HttpHost to) {
    host = to;
    waiting.incrementAndGet();
    if (since == QUIET) {
      since = System.nanoTime();
    }
  }

  /// Whether something did answer, though not the endpoint: refused, reset, no route.
  public static boolean isSignOfLife(IOException failure) {
    return failure instanceof SocketException
        && !String.valueOf(failure.getMessage()).contains("timed out");
  }

  /// The endpoint answered, or see [#isSignOfLife].
  public void heard() {
    since = waiting.get() > 1 ? System.nanoTime() : QUIET;
  }

  /// A request ends, answered or not.
  public void end() {
    waiting.decrementAndGet();
  }

  /// Something else showed that the endpoint is alive: its silence is counted from now on.
  public void alive() {
    since = waiting.get() > 0 ? System.nanoTime() : QUIET;
  }

  public Duration silence() {
    long start = since;
    return start == QUIET ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - start);
  }

  /// Where the last request went to, or null.
  public @Nullable HttpHost host() {
    return host;
  }
}
