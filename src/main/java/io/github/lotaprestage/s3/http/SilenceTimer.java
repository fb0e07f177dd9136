package io.github.lotaprestage.s3.http;

import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.core5.http.HttpHost;
import org.jspecify.annotations.Nullable;

/// Measures how long an endpoint has been silent while a request waits for its answer: the time
/// since its last sign of life, or since the first request after that.
public final class SilenceTimer {

  /// No request waits.
  private static final long QUIET = Long.MIN_VALUE;

  private final AtomicInteger waiting = new AtomicInteger();
  private volatile long since = QUIET;
  private volatile @Nullable HttpHost host;

  /// A request begins, including the connection it may need.
  public void begin(HttpHost to) {
    host = to;
    waiting.incrementAndGet();
    if (since == QUIET) {
      since = System.nanoTime();
    }
  }

  /// Whether a failure shows that something answered, even if it was not the endpoint: refused,
  /// reset, no route.
  public static boolean isSignOfLife(IOException failure) {
    return failure instanceof SocketException
        && !String.valueOf(failure.getMessage()).contains("timed out");
  }

  /// The endpoint answered, or failed with a sign of life (see [#isSignOfLife]).
  public void heard() {
    measureFor(1);
  }

  /// A request ends, answered or not.
  public void end() {
    waiting.decrementAndGet();
  }

  /// Another request showed that the endpoint is alive; its silence is measured from now.
  public void alive() {
    measureFor(0);
  }

  /// Begins anew if more requests wait than `answered`. In this order, a request that begins
  /// meanwhile is always noticed, here or by [#begin].
  private void measureFor(int answered) {
    since = QUIET;
    if (waiting.get() > answered) {
      since = System.nanoTime();
    }
  }

  public Duration silence() {
    long start = since;
    return start == QUIET ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - start);
  }

  /// The host of the last request, or null.
  public @Nullable HttpHost host() {
    return host;
  }
}
