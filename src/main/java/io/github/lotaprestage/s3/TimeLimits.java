package io.github.lotaprestage.s3;

import java.io.Closeable;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hc.core5.io.Closer;

/// Closes what takes longer than it may; the thread that waits for it gets an exception.
///
/// Sockets have timeouts of their own. On virtual threads each read with one sets a timer, which
/// took a sixth of all the time that a HEAD needs, and a peer that sends a byte now and then never
/// meets it. One thread that looks at all sockets ten times a second is cheaper and exact enough.
final class TimeLimits implements AutoCloseable {

  private static final Duration LOOK_EVERY = Duration.ofMillis(100);

  private final Set<Limit> running = ConcurrentHashMap.newKeySet();
  private final Thread watch = Thread.ofVirtual().name("time-limits").start(this::watch);

  /// One wait.
  final class Limit implements AutoCloseable {
    private final Closeable waitedFor;
    private final long due;
    private volatile boolean exceeded;

    private Limit(Closeable waitedFor, long due) {
      this.waitedFor = waitedFor;
      this.due = due;
    }

    /// Whether the time was up before the wait ended.
    boolean exceeded() {
      return exceeded;
    }

    private void check() {
      if (System.nanoTime() - due > 0) {
        exceeded = true;
        Closer.closeQuietly(waitedFor);
      }
    }

    @Override
    public void close() {
      running.remove(this);
    }
  }

  /// Ends a wait, unless it is closed before.
  ///
  /// @param due by [System#nanoTime]
  Limit start(Closeable waitedFor, long due) {
    Limit limit = new Limit(waitedFor, due);
    running.add(limit);
    return limit;
  }

  private void watch() {
    try {
      while (true) {
        Thread.sleep(LOOK_EVERY);
        running.forEach(Limit::check);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  @Override
  public void close() {
    watch.interrupt();
  }
}
