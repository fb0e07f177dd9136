package io.github.lotaprestage.s3;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.MessageSupport;
import org.apache.hc.core5.io.Closer;

/// One connection. Requests come ready to be sent; answers are read by the library.
///
/// Sockets have timeouts of their own, but on virtual threads each read sets a timer, which took a
/// sixth of all the time that a HEAD needs. So somebody else looks at the clock, see
/// [#cutIfOverdue].
final class Connection extends DefaultBHttpClientConnection {

  /// The buffers are for headers; bodies go past them.
  private static final Http1Config CONFIG = Http1Config.custom().setBufferSize(2048).build();

  private static final long NOT_WAITING = Long.MIN_VALUE;
  private static final long CUT = Long.MIN_VALUE + 1;

  /// A page has at most 1,000 keys of 1,024 bytes, each of which takes three when it is encoded.
  private static final int LARGEST_BODY = 16 << 20;

  /// An answer that is no page.
  static final class TooLargeException extends IOException {
    TooLargeException() {
      super("the answer is larger than any page of a listing");
    }
  }

  private final Socket socket;

  /// When the answer is due by [System#nanoTime], or one of the above.
  private final AtomicLong due = new AtomicLong(NOT_WAITING);

  /// @param socket to the host, under whatever secures it
  Connection(Socket socket) {
    super(CONFIG);
    this.socket = socket;
  }

  /// Sends a request and waits for its answer and the body, if there is one.
  ///
  /// @param request the whole of it, as it is sent
  /// @throws SocketTimeoutException if it did not all come in time
  /// @throws TooLargeException if the body is larger than any page of a listing
  ClassicHttpResponse exchange(Method method, String request, Duration timeout)
      throws IOException, HttpException {
    due.set(System.nanoTime() + timeout.toNanos());
    try {
      ClassicHttpResponse answer = answerTo(request);
      if (MessageSupport.canResponseHaveBody(method.name(), answer)) {
        readBody(answer);
      }
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

  private void readBody(ClassicHttpResponse answer) throws IOException, HttpException {
    receiveResponseEntity(answer);
    byte[] body = answer.getEntity().getContent().readNBytes(LARGEST_BODY + 1);
    if (body.length > LARGEST_BODY) {
      throw new TooLargeException();
    }
    answer.setEntity(new ByteArrayEntity(body, null));
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
