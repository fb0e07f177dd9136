package io.github.lotaprestage.s3.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLSocket;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.ParseException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParserFactory;
import org.apache.hc.core5.http.io.HttpMessageParser;
import org.apache.hc.core5.http.io.SessionInputBuffer;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.http.message.LazyLaxLineParser;
import org.apache.hc.core5.http.message.MessageSupport;
import org.apache.hc.core5.http.message.StatusLine;
import org.apache.hc.core5.util.CharArrayBuffer;
import org.jspecify.annotations.Nullable;

/// One connection. It sends requests that are already complete, and the library reads the answers.
///
/// Reads have no timeout of their own, see [TimeLimits].
public final class Connection extends DefaultBHttpClientConnection {

  /// The size of the buffers for headers; bodies do not use them.
  private static final Http1Config CONFIG = Http1Config.custom().setBufferSize(2048).build();

  /// The maximum size of a body. A page has at most 1,000 keys of 1,024 bytes, each of which takes
  /// up to three when encoded.
  private static final int MAX_BODY_BYTES = 16 << 20;

  private static final int SWITCHING_PROTOCOLS = 101;

  /// The answer is too large for a page of a listing.
  public static final class TooLargeException extends IOException {
    TooLargeException() {
      super("the answer is larger than any page of a listing");
    }
  }

  /// The answer began, but its end did not arrive in time.
  public static final class UnfinishedException extends SocketTimeoutException {
    UnfinishedException() {
      super("the answer was not complete in time");
    }
  }

  /// The answer does not begin like HTTP.
  public static final class NotHttpException extends IOException {
    private final boolean alert;

    /// @param alert whether it begins like a TLS alert, which is a record of type 21
    NotHttpException(boolean alert) {
      super("the answer is not HTTP");
      this.alert = alert;
    }

    public boolean isAlert() {
      return alert;
    }
  }

  /// Reads answers, and gives access to bytes that the library has read after them.
  private static final class Parser extends LazyLaxLineParser
      implements HttpMessageParser<ClassicHttpResponse> {
    private static final char ALERT = 21;

    private final HttpMessageParser<ClassicHttpResponse> parser =
        new DefaultHttpResponseParserFactory(CONFIG, this, null).create();
    private @Nullable SessionInputBuffer read;
    private @Nullable NotHttpException notHttp;

    @Override
    public ClassicHttpResponse parse(SessionInputBuffer buffer, InputStream in)
        throws IOException, HttpException {
      read = buffer;
      try {
        return parser.parse(new WholeHeader(buffer), in);
      } catch (HttpException e) {
        throw notHttp == null ? new IOException("the answer cannot be read", e) : notHttp;
      }
    }

    @Override
    public StatusLine parseStatusLine(CharArrayBuffer line) throws ParseException {
      try {
        StatusLine status = super.parseStatusLine(line);
        if (status.getStatusCode() < HttpStatus.SC_CONTINUE) {
          throw new ParseException("no status has that number");
        }
        return status;
      } catch (ParseException e) {
        notHttp = new NotHttpException(!line.isEmpty() && line.charAt(0) == ALERT);
        throw e;
      }
    }
  }

  private final Socket socket;
  private final @Nullable SSLSocket secured;
  private final Parser parser;
  private final TimeLimits.Limit limit;

  /// @param socket connected to the host
  /// @param limit ends a wait for an answer that exceeds its time
  Connection(Socket socket, TimeLimits.Limit limit) throws IOException {
    this(socket, null, new Parser(), limit);
    bind(socket);
  }

  /// @param secured to the host
  /// @param socket under it
  Connection(SSLSocket secured, Socket socket, TimeLimits.Limit limit) throws IOException {
    this(socket, secured, new Parser(), limit);
    bind(secured, socket);
  }

  private Connection(
      Socket socket, @Nullable SSLSocket secured, Parser parser, TimeLimits.Limit limit) {
    super(CONFIG, null, null, null, null, null, null, _ -> parser);
    this.socket = socket;
    this.secured = secured;
    this.parser = parser;
    this.limit = limit;
  }

  /// Sends a request and waits for its answer and the body, if there is one.
  ///
  /// @param request the complete request, as it is sent
  /// @param due when the answer has to be complete, by [System#nanoTime]
  /// @throws SocketTimeoutException if it was not
  /// @throws TooLargeException if the body is larger than any page of a listing
  ClassicHttpResponse exchange(Method method, String request, long due)
      throws IOException, HttpException {
    long before = received();
    limit.begin(due);
    try {
      ClassicHttpResponse answer = answerTo(request);
      if (MessageSupport.canResponseHaveBody(method.name(), answer)) {
        readBody(answer);
      }
      return answer;
    } catch (IOException e) {
      throw limit.exceeded() ? late(before) : e;
    } finally {
      limit.end();
    }
  }

  /// Sends a request and waits for the header of its answer. The body is read as it arrives.
  ///
  /// @param patience the maximum wait for the header, and for each part of the body
  /// @param onClose called when the body is closed, which ends the use of this connection
  ClassicHttpResponse stream(Method method, String request, Duration patience, Runnable onClose)
      throws IOException, HttpException {
    long before = received();
    limit.begin(System.nanoTime() + patience.toNanos());
    try {
      ClassicHttpResponse answer = answerTo(request);
      if (MessageSupport.canResponseHaveBody(method.name(), answer)) {
        receiveResponseEntity(answer);
        HttpEntity entity = answer.getEntity();
        answer.setEntity(
            new InputStreamEntity(
                new Body(entity.getContent(), patience, onClose), entity.getContentLength(), null));
      } else {
        onClose.run();
      }
      return answer;
    } catch (IOException e) {
      throw limit.exceeded() ? late(before) : e;
    } finally {
      limit.end();
    }
  }

  /// @param before the bytes that were received before the request
  private SocketTimeoutException late(long before) {
    return received() == before
        ? new SocketTimeoutException("no answer in time")
        : new UnfinishedException();
  }

  /// A body that is read as it arrives.
  private final class Body extends FilterInputStream {
    private final Duration patience;
    private final Runnable onClose;

    Body(InputStream content, Duration patience, Runnable onClose) {
      super(content);
      this.patience = patience;
      this.onClose = onClose;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      limit.begin(System.nanoTime() + patience.toNanos());
      try {
        return in.read(into, from, length);
      } catch (IOException e) {
        throw limit.exceeded() ? new SocketTimeoutException("no data in time") : e;
      } finally {
        limit.end();
      }
    }

    /// Without reading the rest, which the library would do.
    @Override
    public void close() {
      onClose.run();
    }
  }

  private ClassicHttpResponse answerTo(String request) throws IOException, HttpException {
    ensureOpen().getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
    ClassicHttpResponse answer = receiveResponseHeader();
    while (answer.getCode() < 200 && answer.getCode() != SWITCHING_PROTOCOLS) {
      answer = receiveResponseHeader(); // that one was only informational
    }
    return answer;
  }

  private void readBody(ClassicHttpResponse answer) throws IOException, HttpException {
    receiveResponseEntity(answer);
    byte[] body = answer.getEntity().getContent().readNBytes(MAX_BODY_BYTES + 1);
    if (body.length > MAX_BODY_BYTES) {
      throw new TooLargeException();
    }
    answer.setEntity(new ByteArrayEntity(body, null));
  }

  /// Whether no unexpected bytes have arrived, which would be taken for the answer to the next
  /// request. With TLS, bytes that are not decrypted yet count too.
  boolean isQuiet() {
    try {
      SessionInputBuffer read = parser.read;
      return (read == null || read.length() == 0)
          && socket.getInputStream().available() == 0
          && (secured == null || secured.getInputStream().available() == 0);
    } catch (IOException e) { // closed
      return false;
    }
  }

  /// The number of bytes received so far.
  long received() {
    return getEndpointDetails().getReceivedBytesCount();
  }
}
