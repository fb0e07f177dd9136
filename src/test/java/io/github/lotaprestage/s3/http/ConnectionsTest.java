package io.github.lotaprestage.s3.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocketFactory;
import jdk.net.ExtendedSocketOptions;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.Method;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What keeps answers and requests in step, and bounds the time of an attempt.
@Timeout(60)
class ConnectionsTest {

  private static final String REQUEST = "HEAD / HTTP/1.1\r\nHost: x\r\n\r\n";
  private static final String GOOD = "HTTP/1.1 206 x\r\nContent-Length: 1\r\n\r\n";
  private static final AnswerWatch WATCH = new AnswerWatch(new StoreClock());
  private static final Duration LONG = Duration.ofSeconds(20);

  /// Answers requests with one text after another, or closes where there is none.
  private interface Script {
    /// @param connection from 0
    /// @param request on that connection, from 0
    String answer(int connection, int request);
  }

  private static final String CLOSE = "";

  /// Whether the server closes each connection after its first answer.
  private volatile boolean closing;

  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger requests = new AtomicInteger();
  private final List<AutoCloseable> closed = new ArrayList<>();
  private final Connections client = new Connections(ConnectionsTest::tls, WATCH);

  private static SSLSocketFactory tls() {
    return (SSLSocketFactory) SSLSocketFactory.getDefault();
  }

  @AfterEach
  void close() throws Exception {
    client.close();
    for (AutoCloseable each : closed) {
      each.close();
    }
  }

  private static void inBackground(Callable<@Nullable Void> task) {
    Thread.ofVirtual().start(new FutureTask<>(task));
  }

  private HttpHost server(Script script) throws IOException {
    ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    closed.add(listener);
    inBackground(() -> {
      while (true) {
        Socket socket = listener.accept();
        int number = connections.getAndIncrement();
        Thread.ofVirtual().start(() -> serve(socket, number, script));
      }
    });
    return new HttpHost("http", "127.0.0.1", listener.getLocalPort());
  }

  private void serve(Socket socket, int number, Script script) {
    try (socket) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      OutputStream out = socket.getOutputStream();
      for (int request = 0; ; request++) {
        String line = in.readLine();
        while (line != null && !line.isEmpty()) {
          line = in.readLine();
        }
        String answer = line == null ? CLOSE : script.answer(number, request);
        if (answer.equals(CLOSE)) {
          return;
        }
        requests.incrementAndGet();
        out.write(answer.getBytes(StandardCharsets.US_ASCII));
        out.flush();
        if (closing) {
          return;
        }
      }
    } catch (IOException e) {
      // the client closed the connection, which some tests are about
    }
  }

  private int head(HttpHost host) throws IOException {
    return send(host, LONG).getCode();
  }

  private ClassicHttpResponse send(HttpHost host, Duration timeout) throws IOException {
    return client.send(host, Method.HEAD, REQUEST, timeout);
  }

  /// The first connection ends within the headers, at the end of a line or within one.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 206 x\r\n",
        "HTTP/1.1 206 x\r\nETag: \"abc",
        "HTTP/1.1 206 x\r\nETag: \"abc\"\r\n",
      })
  void anAnswerThatEndsWithinItsHeadersIsNone(String cut) throws Exception {
    HttpHost host = server((connection, _) -> connection > 0 ? GOOD : cut);
    closing = true;
    assertThatThrownBy(() -> head(host)).isInstanceOf(IOException.class);
    assertThat(head(host)).isEqualTo(206);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 42, 99})
  void aStatusThatHttpDoesNotHaveIsNotAnAnswer(int status) throws Exception {
    HttpHost host =
        server((_, _) -> "HTTP/1.1 %03d x\r\nContent-Length: 0\r\n\r\n".formatted(status));
    assertThatThrownBy(() -> head(host)).isInstanceOf(Connection.NotHttpException.class);
  }

  @Test
  void aConnectionIsKept() throws Exception {
    HttpHost host = server((_, _) -> GOOD);
    for (int i = 0; i < 5; i++) {
      assertThat(head(host)).isEqualTo(206);
    }
    assertThat(connections).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 404 x\r\nContent-Length: 40\r\n\r\n",
        "HTTP/1.1 404 x\r\nTransfer-Encoding: chunked\r\n\r\n",
        "HTTP/1.1 503 x\r\nContent-Length: 1\r\n\r\n",
        "HTTP/1.1 404 x\r\n\r\n",
        "HTTP/1.1 301 x\r\nContent-Length: 9\r\n\r\n",
        "HTTP/1.1 101 x\r\n\r\n",
        GOOD + "X",
        GOOD + "HTTP/1.1 200 x\r\n\r\n",
      })
  void anAnswerThatMayHaveABodyIsTheLastOfItsConnection(String answer) throws Exception {
    HttpHost host = server((_, request) -> request == 0 ? answer : "HTTP/1.1 500 x\r\n\r\n");
    int status = head(host);
    assertThat(head(host)).isEqualTo(status);
    assertThat(connections).hasValue(2);
  }

  @Test
  void anErrorWithoutABodyKeepsItsConnection() throws Exception {
    HttpHost host = server((_, _) -> "HTTP/1.1 503 x\r\nContent-Length: 0\r\n\r\n");
    head(host);
    head(host);
    assertThat(connections).hasValue(1);
  }

  @Test
  void whatComesBetweenTwoRequestsIsNotAnAnswer() throws Exception {
    CountDownLatch idle = new CountDownLatch(1);
    CountDownLatch late = new CountDownLatch(1);
    try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      inBackground(() -> {
        try (Socket first = listener.accept()) {
          first.getInputStream().read();
          first.getOutputStream().write(GOOD.getBytes(StandardCharsets.US_ASCII));
          idle.await();
          first
              .getOutputStream()
              .write("HTTP/1.1 200 stray\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
          late.countDown();
          try (Socket second = listener.accept()) {
            second.getInputStream().read();
            second.getOutputStream().write(GOOD.getBytes(StandardCharsets.US_ASCII));
            second.getInputStream().transferTo(OutputStream.nullOutputStream());
          }
        }
        return null;
      });
      HttpHost host = new HttpHost("http", "127.0.0.1", listener.getLocalPort());
      assertThat(head(host)).isEqualTo(206);
      idle.countDown();
      late.await();
      assertThat(head(host)).isEqualTo(206);
    }
  }

  @Test
  void aKeptConnectionThatWasClosedCostsNoAttempt() throws Exception {
    HttpHost host = server((_, request) -> request == 0 ? GOOD : CLOSE);
    for (int i = 0; i < 20; i++) {
      assertThat(head(host)).isEqualTo(206);
    }
    assertThat(requests).hasValue(20);
  }

  @Test
  void aNewConnectionThatIsClosedIsAFailure() throws Exception {
    HttpHost host = server((_, _) -> CLOSE);
    assertThatThrownBy(() -> head(host)).isInstanceOf(IOException.class);
    assertThat(connections).hasValue(1);
  }

  @Test
  void anAnswerThatIsCutIsAFailureOnAKeptConnectionToo() throws Exception {
    HttpHost host = server((_, request) -> request == 0 ? GOOD : "HTTP/1.1 206 x\r\nETag");
    assertThat(head(host)).isEqualTo(206);
    assertThatThrownBy(() -> send(host, Duration.ofMillis(300))).isInstanceOf(IOException.class);
    assertThat(connections).hasValue(1);
  }

  @Test
  void aConnectionOutOfStepIsLeftAndTheRequestSentAgain() throws Exception {
    HttpHost host = server((connection, request) -> request == 0 ? GOOD : "garbage\r\n\r\n");
    assertThat(head(host)).isEqualTo(206);
    assertThat(head(host)).isEqualTo(206);
    assertThat(head(host)).isEqualTo(206);
    assertThat(connections).hasValue(3);
  }

  @Test
  void connectingIsInsideTheTime() throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      List<Socket> queue = new ArrayList<>();
      try {
        for (int i = 0; i < 10; i++) { // the kernel drops what does not fit into the backlog
          Socket socket = new Socket();
          queue.add(socket);
          socket.connect(
              new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort()), 100);
        }
      } catch (SocketTimeoutException e) {
        // full
      }
      long start = System.nanoTime();
      HttpHost host = new HttpHost("http", "127.0.0.1", listener.getLocalPort());
      assertThatThrownBy(() -> send(host, Duration.ofMillis(300)))
          .isInstanceOf(Dialer.ConnectTimeoutException.class);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
      for (Socket socket : queue) {
        socket.close();
      }
    }
  }

  @Test
  void theHandshakeIsInsideTheTime() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      HttpHost host = new HttpHost("https", "127.0.0.1", silent.getLocalPort());
      long start = System.nanoTime();
      assertThatThrownBy(() -> send(host, Duration.ofMillis(300)))
          .isInstanceOf(Dialer.ConnectTimeoutException.class)
          .hasMessageContaining("TLS handshake");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }
  }

  @Test
  void resolvingIsInsideTheTime() {
    CountDownLatch never = new CountDownLatch(1);
    Resolver resolver =
        new Resolver(_ -> {
          try {
            never.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return new InetAddress[0];
        });
    try (Connections hanging = new Connections(ConnectionsTest::tls, WATCH, resolver)) {
      assertThatThrownBy(() ->
              hanging.send(
                  new HttpHost("http", "a.test"), Method.HEAD, REQUEST, Duration.ofMillis(200)))
          .isInstanceOf(Resolver.NoAnswerException.class);
    } finally {
      never.countDown();
    }
  }

  @Test
  void aFailedLookupIsNotRememberedAndAnAddressThatRefusesIsForgotten() throws Exception {
    AtomicInteger lookups = new AtomicInteger();
    Resolver resolver =
        new Resolver(host -> {
          if (lookups.getAndIncrement() == 0) {
            throw new UnknownHostException(host);
          }
          return new InetAddress[] {InetAddress.getByAddress(new byte[] {127, 0, 0, 1})};
        });
    int unused;
    try (ServerSocket once = new ServerSocket(0)) {
      unused = once.getLocalPort();
    }
    HttpHost refusing = new HttpHost("http", "a.test", unused);
    HttpHost host = new HttpHost("http", "a.test", server((_, _) -> GOOD).getPort());
    try (Connections named = new Connections(ConnectionsTest::tls, WATCH, resolver)) {
      assertThatThrownBy(() -> named.send(host, Method.HEAD, REQUEST, LONG))
          .isInstanceOf(UnknownHostException.class);
      assertThatThrownBy(() -> named.send(refusing, Method.HEAD, REQUEST, LONG))
          .hasMessageContaining("refused");
      assertThat(named.send(host, Method.HEAD, REQUEST, LONG).getCode()).isEqualTo(206);
    }
    assertThat(lookups).hasValue(3);
  }

  /// The first request has taken the only file descriptor. The wait for its end is not a part of
  /// the attempt.
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void waitingForAnotherRequestToEndTakesNoTimeFromTheAttempt(boolean stream) throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    int port =
        server(
                (connection, _) -> {
                  begun.countDown();
                  if (connection == 0) {
                    awaitQuietly(over);
                  }
                  return GOOD;
                })
            .getPort();
    CountDownLatch refused = new CountDownLatch(1);
    Resolver resolver =
        new Resolver(host -> {
          if (host.equals("b.test") && refused.getCount() > 0) {
            refused.countDown();
            UnknownHostException failure = new UnknownHostException(host);
            failure.initCause(new SocketException("Too many open files"));
            throw failure;
          }
          return new InetAddress[] {InetAddress.getByAddress(new byte[] {127, 0, 0, 1})};
        });
    Duration timeout = Duration.ofSeconds(1);
    try (Connections few = new Connections(ConnectionsTest::tls, WATCH, resolver)) {
      inBackground(() -> {
        few.send(new HttpHost("http", "a.test", port), Method.HEAD, REQUEST, LONG);
        return null;
      });
      begun.await();
      FutureTask<Integer> second =
          new FutureTask<>(() -> {
            HttpHost host = new HttpHost("http", "b.test", port);
            try (ClassicHttpResponse answer =
                stream
                    ? few.stream(host, Method.HEAD, REQUEST, timeout)
                    : few.send(host, Method.HEAD, REQUEST, timeout)) {
              return answer.getCode();
            }
          });
      long start = System.nanoTime();
      Thread.ofVirtual().start(second);
      refused.await();
      while (System.nanoTime() - start < timeout.toNanos()) {
        assertThat(second).isNotDone();
        Thread.onSpinWait();
      }
      over.countDown();
      assertThat(second.get()).isEqualTo(206);
    } finally {
      over.countDown();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void keepAliveStartsSoon() throws Exception {
    try (Socket socket = new Socket()) {
      Dialer.configure(socket);
      assertThat(socket.getKeepAlive()).isTrue();
      assertThat(socket.getOption(ExtendedSocketOptions.TCP_KEEPIDLE)).isEqualTo(30);
      assertThat(socket.getOption(ExtendedSocketOptions.TCP_KEEPINTERVAL)).isEqualTo(30);
    }
  }
}
