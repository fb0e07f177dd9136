package io.github.lotaprestage.s3;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.io.Closer;

/// One connection. Requests are ready to be sent as they are; answers are read by the library.
///
/// Sockets have timeouts of their own, but on virtual threads each read sets a timer, which took a
/// sixth of all the time that a HEAD needs. So somebody else looks at the clock, see
/// [#cutIfOverdue].
final class Connection extends DefaultBHttpClientConnection {

  /// The buffers are for headers only.
  private static final Http1Config CONFIG = Http1Config.custom().setBufferSize(2048).build();

  private static final long NOT_WAITING = Long.MIN_VALUE;
  private static final long CUT = Long.MIN_VALUE + 1;

  private final Socket socket;

  /// When the answer is due by [System#nanoTime], or one of the above.
  private final AtomicLong due = new AtomicLong(NOT_WAITING);

  /// @param socket to the host, under whatever secures it
  Connection(Socket socket) {
    super(CONFIG);
    this.socket = socket;
  }

  /// Sends a request and waits for its answer.
  ///
  /// @throws SocketTimeoutException if it did not come in time
  ClassicHttpResponse exchange(String request, Duration timeout) throws IOException, HttpException {
    due.set(System.nanoTime() + timeout.toNanos());
    try {
      ClassicHttpResponse answer = answerTo(request);
      if (stopWaiting()) {
        return answer;
      }
    } catch (IOException e) {
      if (stopWaiting()) {
        throw e;
      }
    }
    throw new SocketTimeoutException("no answer in time");
  }

  private ClassicHttpResponse answerTo(String request) throws IOException, HttpException {
    ensureOpen().getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
    ClassicHttpResponse answer = receiveResponseHeader();
    while (answer.getCode() < 200) { // informational, the answer follows
      answer = receiveResponseHeader();
    }
    return answer;
  }

  /// False where it was cut.
  private boolean stopWaiting() {
    return due.getAndSet(NOT_WAITING) != CUT;
  }

  /// Ends a wait that has been too long; the thread that waits gets an exception.
  void cutIfOverdue() {
    long end = due.get();
    boolean waiting = end != NOT_WAITING && end != CUT;
    if (waiting && System.nanoTime() - end > 0 && due.compareAndSet(end, CUT)) {
      Closer.closeQuietly(socket);
    }
  }
}
