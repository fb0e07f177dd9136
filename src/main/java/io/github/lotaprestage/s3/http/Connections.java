package io.github.lotaprestage.s3.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocketFactory;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The connections of a run, kept open between requests. There are as many as requests in flight.
/// If this machine has too few file descriptors or ports, a request waits until another one has
/// ended.
///
/// A connection is reused only if no unexpected bytes have arrived. This is checked just before the
/// next request, because such bytes may arrive late. If the server has closed a reused connection,
/// the request is sent again at once on another one; that does not count as an attempt.
public final class Connections implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Connections.class);

  /// How long a request waits for another one to end before it checks again.
  private static final long RECHECK_MILLIS = 100;

  private static final HttpRequest HEAD = new BasicHttpRequest(Method.HEAD, "/");
  private static final HttpRequest GET = new BasicHttpRequest(Method.GET, "/");
  private static final HttpCoreContext CONTEXT = HttpCoreContext.create();

  private final TimeLimits limits = new TimeLimits();
  private final Dialer dialer;
  private final Supplier<SSLSocketFactory> tls;
  private final AnswerWatch watch;
  private final LongAdder heads = new LongAdder();
  private final LongAdder gets = new LongAdder();
  private final SilenceTimer silenceTimer = new SilenceTimer();
  private final Map<HttpHost, Deque<Connection>> idle = new ConcurrentHashMap<>();
  private final Set<Connection> open = ConcurrentHashMap.newKeySet();

  /// Hosts that sent unexpected bytes.
  private final Set<HttpHost> outOfStep = ConcurrentHashMap.newKeySet();

  /// Holds a permit for a waiting request whenever another one has ended.
  private final Semaphore ended = new Semaphore(0);

  private volatile int mostOpen = Integer.MAX_VALUE;

  /// @param tls creates the sockets of HTTPS and decides which certificates are trusted; it is
  ///   called only when the first one is needed, because it reads certificates
  /// @param watch sees every answer
  public Connections(Supplier<SSLSocketFactory> tls, AnswerWatch watch) {
    this(tls, watch, new Resolver(InetAddress::getAllByName));
  }

  public Connections(Supplier<SSLSocketFactory> tls, AnswerWatch watch, Resolver resolver) {
    this.tls = tls;
    this.watch = watch;
    this.dialer = new Dialer(resolver, tls, limits);
  }

  /// How a request is sent: [#send], or [#stream] for large bodies.
  public interface Sender {
    ClassicHttpResponse send(HttpHost host, Method method, String request, Duration timeout)
        throws IOException;
  }

  /// Sends a request as it is, and returns the answer with its body. One attempt: no redirects, no
  /// proxy, and no retries except for reused connections that turn out to be closed.
  ///
  /// @param request the whole of it
  /// @param timeout for everything from resolving the name to the end of the answer, without the
  ///   wait for another request to end
  public ClassicHttpResponse send(HttpHost host, Method method, String request, Duration timeout)
      throws IOException {
    (method == Method.HEAD ? heads : gets).increment();
    silenceTimer.begin(host);
    try {
      ClassicHttpResponse answer = attempt(host, method, request, timeout);
      silenceTimer.heard();
      return answer;
    } catch (IOException e) {
      if (SilenceTimer.isSignOfLife(e)) {
        silenceTimer.heard();
      }
      throw e;
    } finally {
      silenceTimer.end();
    }
  }

  /// Sends a request as it is, and returns the answer when its header has arrived. The body is read
  /// as it arrives, however large it is; closing it closes the connection.
  ///
  /// @param timeout for the connection, for the header, and for each part of the body
  public ClassicHttpResponse stream(HttpHost host, Method method, String request, Duration timeout)
      throws IOException {
    gets.increment();
    silenceTimer.begin(host);
    try {
      Connection connection = opened(host, timeout);
      ClassicHttpResponse answer;
      try {
        answer = connection.stream(method, request, timeout, () -> release(connection));
      } catch (IOException | RuntimeException e) {
        release(connection);
        throw e;
      } catch (HttpException e) {
        release(connection);
        throw new IOException("the answer cannot be read", e);
      }
      watch.answered(answer);
      silenceTimer.heard();
      return answer;
    } finally {
      silenceTimer.end();
    }
  }

  private void release(Connection connection) {
    discard(connection);
    if (ended.hasQueuedThreads()) {
      ended.release();
    }
  }

  /// HEADs sent so far.
  public long heads() {
    return heads.sum();
  }

  /// Other requests sent so far.
  public long gets() {
    return gets.sum();
  }

  /// The addresses of a host, at least one.
  public List<InetAddress> resolve(String host, Duration timeout) throws IOException {
    return dialer.addresses(host, System.nanoTime() + timeout.toNanos());
  }

  /// Opens a connection, with TLS if the scheme is HTTPS, and closes it.
  public void open(HttpHost host, Duration timeout) throws IOException {
    dialer.open(host, System.nanoTime() + timeout.toNanos()).close(CloseMode.IMMEDIATE);
  }

  /// How long the endpoint has been silent.
  public SilenceTimer silenceTimer() {
    return silenceTimer;
  }

  /// An instance with the same settings and without any open connection or known address.
  public Connections fresh() {
    return new Connections(tls, watch);
  }

  private ClassicHttpResponse attempt(
      HttpHost host, Method method, String request, Duration timeout) throws IOException {
    long due = System.nanoTime() + timeout.toNanos();
    while (true) {
      Connection kept = kept(host);
      if (kept == null) {
        Connection opened = open(host, due);
        if (opened != null) {
          return exchange(opened, host, method, request, due);
        }
        due += awaitEnd();
        continue;
      }
      long received = kept.received();
      try {
        return exchange(kept, host, method, request, due);
      } catch (Connection.NotHttpException e) {
        outOfStep.add(host); // that may have been the rest of the answer before
      } catch (SocketTimeoutException e) {
        throw e;
      } catch (IOException e) {
        if (kept.received() != received || Thread.currentThread().isInterrupted()) {
          throw e;
        }
      }
    }
  }

  private ClassicHttpResponse exchange(
      Connection connection, HttpHost host, Method method, String request, long due)
      throws IOException {
    boolean reusable = false;
    try {
      ClassicHttpResponse answer = connection.exchange(method, request, due);
      watch.answered(answer);
      reusable = isReusable(host, method, answer);
      return answer;
    } catch (HttpException e) {
      throw new IOException("the answer cannot be read", e);
    } finally {
      if (reusable) {
        idle(host).push(connection);
      } else {
        discard(connection);
      }
      if (ended.hasQueuedThreads()) {
        ended.release();
      }
    }
  }

  /// The body of an answer to HEAD, which should not exist, may arrive late. So only answers of 200
  /// and 206, whose length is that of the object, may announce one.
  private boolean isReusable(HttpHost host, Method method, ClassicHttpResponse answer) {
    int status = answer.getCode();
    boolean inStep =
        method != Method.HEAD || status == 200 || status == 206 || announcesNoBody(answer);
    return inStep
        && !outOfStep.contains(host)
        && open.size() <= mostOpen
        && DefaultConnectionReuseStrategy.INSTANCE.keepAlive(
            method == Method.HEAD ? HEAD : GET, answer, CONTEXT);
  }

  private static boolean announcesNoBody(ClassicHttpResponse answer) {
    Header length = answer.getFirstHeader(HttpHeaders.CONTENT_LENGTH);
    return length != null
        && length.getValue().equals("0")
        && answer.getFirstHeader(HttpHeaders.TRANSFER_ENCODING) == null;
  }

  private @Nullable Connection kept(HttpHost host) {
    Deque<Connection> all = idle(host);
    for (Connection last = all.poll(); last != null; last = all.poll()) {
      if (last.isQuiet()) {
        return last;
      }
      if (last.isOpen() && outOfStep.add(host)) {
        log.info("{} sends unexpected bytes; its connections are not reused", host);
      }
      discard(last);
    }
    return null;
  }

  private Deque<Connection> idle(HttpHost host) {
    return idle.computeIfAbsent(host, _ -> new ConcurrentLinkedDeque<>());
  }

  private void discard(Connection connection) {
    open.remove(connection);
    connection.close(CloseMode.IMMEDIATE);
  }

  /// A new connection, or one that became free while this machine could not open another one.
  private Connection opened(HttpHost host, Duration timeout) throws IOException {
    Connection connection = open(host, System.nanoTime() + timeout.toNanos());
    while (connection == null) {
      long _ = awaitEnd();
      connection = kept(host);
      if (connection == null) {
        connection = open(host, System.nanoTime() + timeout.toNanos());
      }
    }
    return connection;
  }

  /// A new connection; null if this machine cannot open another one before a request has ended.
  private @Nullable Connection open(HttpHost host, long due) throws IOException {
    if (open.size() >= mostOpen && !closeIdle()) {
      return null;
    }
    try {
      Connection connection = dialer.open(host, due);
      open.add(connection);
      return connection;
    } catch (IOException e) {
      if (LocalLimit.isReached(e) && freeDescriptors(e)) {
        return null;
      }
      throw e;
    }
  }

  /// Closes an idle connection, which is to another host.
  ///
  /// @return false if there is none
  private boolean closeIdle() {
    for (Deque<Connection> all : idle.values()) {
      Connection kept = all.poll();
      if (kept != null) {
        discard(kept);
        return true;
      }
    }
    return false;
  }

  /// Closes idle connections, lowers the number of connections so that other files can be opened,
  /// and logs this once.
  ///
  /// @return false if there is no connection whose end could be waited for
  private synchronized boolean freeDescriptors(IOException failure) {
    int inUse = open.size();
    idle.values()
        .forEach(all -> {
          for (Connection kept = all.poll(); kept != null; kept = all.poll()) {
            discard(kept);
          }
        });
    boolean first = mostOpen == Integer.MAX_VALUE;
    mostOpen = Math.min(mostOpen, Math.max(1, inUse - LocalLimit.headroom(inUse)));
    if (first) {
      log.warn("{} ({} connections in use)", LocalLimit.remedy(failure), inUse);
    }
    return inUse > 0;
  }

  /// @return the nanoseconds that it has waited
  private long awaitEnd() throws IOException {
    long start = System.nanoTime();
    try {
      boolean _ = ended.tryAcquire(RECHECK_MILLIS, TimeUnit.MILLISECONDS);
      return System.nanoTime() - start;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for a connection");
    }
  }

  @Override
  public void close() {
    limits.close();
    idle.values().forEach(all -> all.forEach(kept -> kept.close(CloseMode.GRACEFUL)));
  }
}
