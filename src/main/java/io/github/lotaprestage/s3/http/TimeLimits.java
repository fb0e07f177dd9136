package io.github.lotaprestage.s3.http;

import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hc.core5.io.Closer;

/// Closes sockets on which a wait exceeds its time; the waiting thread gets an exception.
///
/// The timeouts of sockets are not used: on virtual threads they start a timer for each read, and a
/// peer that sends a byte now and then never reaches them. One thread that checks all sockets ten
/// times a second is cheaper and precise enough.
final class TimeLimits implements AutoCloseable {

  private static final Duration CHECK_EVERY = Duration.ofMillis(100);

  private final Set<Limit> limits = ConcurrentHashMap.newKeySet();
  private final Thread watch = Thread.ofPlatform().daemon().name("time-limits").start(this::watch);

  /// Bounds the waits on one socket, one after another.
  static final class Limit {
    private static final long NOT_WAITING = Long.MIN_VALUE;
    private static final long EXCEEDED = Long.MAX_VALUE;

    private final Socket socket;
    private final AtomicLong due = new AtomicLong(NOT_WAITING);

    private Limit(Socket socket) {
      this.socket = socket;
    }

    /// Begins a wait.
    ///
    /// @param end by [System#nanoTime]
    void begin(long end) {
      due.set(end);
    }

    /// Whether the wait took too long, and the socket is closed.
    boolean exceeded() {
      return due.get() == EXCEEDED;
    }

    void end() {
      due.set(NOT_WAITING);
    }

    private void check() {
      long end = due.get();
      if (end != NOT_WAITING
          && end != EXCEEDED
          && System.nanoTime() - end > 0
          && due.compareAndSet(end, EXCEEDED)) {
        Closer.closeQuietly(socket);
      }
    }
  }

  /// The limit of a socket's waits, until the socket is closed.
  Limit of(Socket socket) {
    Limit limit = new Limit(socket);
    limits.add(limit);
    return limit;
  }

  private void watch() {
    try {
      while (true) {
        Thread.sleep(CHECK_EVERY);
        limits.forEach(Limit::check);
        limits.removeIf(limit -> limit.socket.isClosed());
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
