package io.github.lotaprestage.s3.http;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import jdk.net.ExtendedSocketOptions;
import org.apache.hc.core5.http.HttpHost;

/// Opens connections: resolves the name, connects to one address after another, and secures the
/// connection for HTTPS. All of that happens within the time of the attempt that needs it.
///
/// TCP keep-alive is on, because an answer may take as long as the fill of a huge object. A host
/// that has disappeared silently is noticed after two minutes.
public final class Dialer {

  private static final Duration MAX_CONNECT_TIME = Duration.ofSeconds(10);
  private static final Duration MAX_HANDSHAKE_TIME = Duration.ofSeconds(30);

  private static final int KEEP_ALIVE_SECONDS = 30;
  private static final int KEEP_ALIVE_PROBES = 3;

  /// No connection, or no secure one, within the time limit.
  public static final class ConnectTimeoutException extends IOException {
    ConnectTimeoutException(String message) {
      super(message);
    }
  }

  private final Resolver resolver;
  private final Supplier<SSLSocketFactory> tls;
  private final TimeLimits limits;

  /// @param tls creates the sockets of HTTPS and decides which certificates are trusted; it is
  ///   called only when the first one is needed, because it reads certificates
  Dialer(Resolver resolver, Supplier<SSLSocketFactory> tls, TimeLimits limits) {
    this.resolver = resolver;
    this.tls = tls;
    this.limits = limits;
  }

  /// @param due by [System#nanoTime]
  Connection open(HttpHost host, long due) throws IOException {
    Socket socket = connect(host, due);
    boolean opened = false;
    try {
      TimeLimits.Limit limit = limits.of(socket);
      Connection connection =
          host.getSchemeName().equals("https")
              ? new Connection(secured(socket, host, limit, due), socket, limit)
              : new Connection(socket, limit);
      opened = true;
      return connection;
    } finally {
      if (!opened) {
        socket.close();
        resolver.forget(host.getHostName());
      }
    }
  }

  /// @param due by [System#nanoTime]
  List<InetAddress> addresses(String host, long due) throws IOException {
    return resolver.addresses(host, due);
  }

  private Socket connect(HttpHost host, long due) throws IOException {
    List<InetAddress> addresses = resolver.addresses(host.getHostName(), due);
    IOException failure = new ConnectException("Connect to " + host + " failed: no address");
    int left = addresses.size();
    for (InetAddress address : addresses) {
      Socket socket = SocketChannel.open().socket(); // an interrupt closes it in any thread
      try {
        configure(socket);
        socket.connect(new InetSocketAddress(address, port(host)), share(due, left));
        return socket;
      } catch (IOException e) {
        socket.close();
        if (LocalLimit.isReached(e) || Thread.currentThread().isInterrupted()) {
          throw e;
        }
        failure = described(host, e);
      }
      left--;
    }
    resolver.forget(host.getHostName());
    throw failure;
  }

  /// The kernel's keep-alive waits two hours by default.
  static void configure(Socket socket) throws IOException {
    socket.setTcpNoDelay(true);
    socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
    socket.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, KEEP_ALIVE_SECONDS);
    socket.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, KEEP_ALIVE_SECONDS);
    socket.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, KEEP_ALIVE_PROBES);
  }

  /// The milliseconds for one of the remaining addresses, so that one that never answers does not
  /// use up the time of the others.
  private static int share(long due, int addresses) {
    long millis = Duration.ofNanos(due - System.nanoTime()).toMillis() / addresses;
    return Math.toIntExact(Math.clamp(millis, 1, MAX_CONNECT_TIME.toMillis()));
  }

  private static IOException described(HttpHost host, IOException e) {
    String failed = "Connect to " + host + " failed: " + e.getMessage();
    return switch (e) {
      case SocketTimeoutException _ ->
          new ConnectTimeoutException("Connect to " + host + " timed out");
      case NoRouteToHostException _ -> new NoRouteToHostException(failed);
      case BindException _ -> new BindException(failed);
      default -> new ConnectException(failed);
    };
  }

  private static int port(HttpHost host) {
    return host.getPort() > 0 ? host.getPort() : host.getSchemeName().equals("https") ? 443 : 80;
  }

  private SSLSocket secured(Socket socket, HttpHost host, TimeLimits.Limit limit, long due)
      throws IOException {
    SSLSocket secured =
        (SSLSocket) tls.get().createSocket(socket, host.getHostName(), port(host), true);
    SSLParameters parameters = secured.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    secured.setSSLParameters(parameters);
    limit.begin(Math.min(due, System.nanoTime() + MAX_HANDSHAKE_TIME.toNanos()));
    try {
      secured.startHandshake();
      return secured;
    } catch (IOException e) {
      throw limit.exceeded()
          ? new ConnectTimeoutException("TLS handshake with " + host + " timed out")
          : e;
    } finally {
      limit.end();
    }
  }
}
