package io.github.lotaprestage.s3;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Supplier;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;

/// Connections that are kept open between requests, for LISTs and HEADs alike. There are as many as
/// requests under way at once needed; nobody waits for one.
///
/// TCP keep-alive is on, since an answer may take as long as the fill of a huge object; one that
/// takes longer than it was given is given up. With HTTPS the certificate must be trusted and be
/// the host's.
final class Connections implements AutoCloseable {

  private static final long CHECKED_AFTER_NANOS = Duration.ofSeconds(1).toNanos();

  /// How late an answer may come at most before it is noticed.
  private static final Duration LOOK_EVERY = Duration.ofMillis(100);

  /// Nobody answered a connection request in time.
  static final class ConnectTimeoutException extends IOException {
    ConnectTimeoutException(String message) {
      super(message);
    }
  }

  private record Idle(Connection connection, long since) {}

  private final Duration connectTimeout;
  private final Supplier<SSLSocketFactory> tls;
  private final Map<HttpHost, Deque<Idle>> idle = new ConcurrentHashMap<>();
  private final Set<Connection> open = ConcurrentHashMap.newKeySet();
  private final Thread watch;

  /// @param tls makes the sockets of HTTPS and decides which certificates are trusted; asked only
  ///   when the first one is needed, because it reads certificates
  Connections(Duration connectTimeout, Supplier<SSLSocketFactory> tls) {
    this.connectTimeout = connectTimeout;
    this.tls = tls;
    this.watch = Thread.ofVirtual().name("overdue").start(this::watch);
  }

  /// Sends a request as it is, and returns the answer with its body. One attempt: no retries, no
  /// redirects, no proxy.
  ///
  /// @param request the whole of it
  /// @param timeout how long to wait for the end of the answer
  ClassicHttpResponse send(HttpHost host, Method method, String request, Duration timeout)
      throws IOException {
    Connection connection = take(host);
    boolean reusable = false;
    try {
      ClassicHttpResponse answer = connection.exchange(method, request, timeout);
      reusable =
          DefaultConnectionReuseStrategy.INSTANCE.keepAlive(
              new BasicHttpRequest(method, "/"), answer, HttpCoreContext.create());
      return answer;
    } catch (HttpException e) {
      throw new IOException("the answer is no HTTP", e);
    } finally {
      if (reusable) {
        idle(host).push(new Idle(connection, System.nanoTime()));
      } else {
        discard(connection);
      }
    }
  }

  private Connection take(HttpHost host) throws IOException {
    Connection kept = kept(host);
    return kept == null ? open(host) : kept;
  }

  private void discard(Connection connection) {
    open.remove(connection);
    connection.close(CloseMode.IMMEDIATE);
  }

  private void watch() {
    try {
      while (true) {
        Thread.sleep(LOOK_EVERY);
        open.forEach(Connection::cutIfOverdue);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  private Deque<Idle> idle(HttpHost host) {
    return idle.computeIfAbsent(host, _ -> new ConcurrentLinkedDeque<>());
  }

  private @Nullable Connection kept(HttpHost host) {
    Deque<Idle> all = idle(host);
    for (Idle last = all.poll(); last != null; last = all.poll()) {
      boolean rested = System.nanoTime() - last.since() > CHECKED_AFTER_NANOS;
      if (!rested || !isStale(last.connection())) {
        return last.connection();
      }
      discard(last.connection());
    }
    return null;
  }

  private static boolean isStale(Connection connection) {
    try {
      return connection.isStale();
    } catch (IOException e) { // TLS said goodbye
      return true;
    }
  }

  private Connection open(HttpHost host) throws IOException {
    Socket socket = connect(host);
    boolean bound = false;
    try {
      Connection connection = new Connection(socket);
      if (host.getSchemeName().equals("https")) {
        connection.bind(secured(socket, host), socket);
      } else {
        connection.bind(socket);
      }
      bound = true;
      open.add(connection);
      return connection;
    } finally {
      if (!bound) {
        socket.close();
      }
    }
  }

  private Socket connect(HttpHost host) throws IOException {
    IOException failure = new ConnectException("Connect to " + host + " failed: no address");
    for (InetAddress address : InetAddress.getAllByName(host.getHostName())) {
      Socket socket = new Socket();
      try {
        socket.setTcpNoDelay(true);
        socket.setKeepAlive(true);
        socket.connect(
            new InetSocketAddress(address, port(host)), Math.toIntExact(connectTimeout.toMillis()));
        return socket;
      } catch (IOException e) {
        socket.close();
        if (Thread.currentThread().isInterrupted()) {
          throw e;
        }
        String failed = "Connect to " + host + " failed: " + e.getMessage();
        failure =
            switch (e) {
              case SocketTimeoutException _ ->
                  new ConnectTimeoutException("Connect to " + host + " timed out");
              case NoRouteToHostException _ -> new NoRouteToHostException(failed);
              default -> new ConnectException(failed);
            };
      }
    }
    throw failure;
  }

  private static int port(HttpHost host) {
    return host.getPort() > 0 ? host.getPort() : host.getSchemeName().equals("https") ? 443 : 80;
  }

  private SSLSocket secured(Socket socket, HttpHost host) throws IOException {
    SSLSocket secured =
        (SSLSocket) tls.get().createSocket(socket, host.getHostName(), port(host), true);
    SSLParameters parameters = secured.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secured.setSSLParameters(parameters);
    secured.setSoTimeout(Math.toIntExact(connectTimeout.toMillis()));
    secured.startHandshake();
    secured.setSoTimeout(0);
    return secured;
  }

  @Override
  public void close() {
    watch.interrupt();
    idle.values().forEach(all -> all.forEach(kept -> kept.connection().close(CloseMode.GRACEFUL)));
  }
}
