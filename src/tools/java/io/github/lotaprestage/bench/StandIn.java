package io.github.lotaprestage.bench;

import io.github.lotaprestage.fixture.Answer;
import io.github.lotaprestage.fixture.MemoryOrigin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// Stands in for LOTA and its store where speed is measured: one thread, an event loop, signatures
/// taken on trust, so that it is not what limits the client. Buckets may be in the host or the
/// path.
final class StandIn implements AutoCloseable {

  /// An answer and when it goes out.
  private record Due(Connection connection, ByteBuffer answer, long time, long fillBytes) {}

  private static final class Connection {
    final SocketChannel channel;
    final ByteBuffer in = ByteBuffer.allocate(1 << 14);
    final Deque<ByteBuffer> out = new ArrayDeque<>();

    Connection(SocketChannel channel) {
      this.channel = channel;
    }
  }

  private record Filled(Connection connection, ByteBuffer answer) {}

  private final MemoryOrigin origin;
  private final ToLongFunction<String> sizes;
  private final long latencyNanos;
  private final long pageNanos;
  private final FillModel<Filled> fills;
  private final PriorityQueue<Due> due = new PriorityQueue<>(Comparator.comparingLong(Due::time));
  private final Selector selector;
  private final ServerSocketChannel listener;
  private final Thread thread;
  private final Random random = new Random(20_000_000);
  private volatile boolean closed;
  private final LongAdder requests = new LongAdder();

  /// @param sizes of objects, by the path of their HEAD; negative if there is none
  /// @param pageNanos what a page of a listing takes
  StandIn(MemoryOrigin origin, ToLongFunction<String> sizes, FillModel.Speed speed, long pageNanos)
      throws IOException {
    this.origin = origin;
    this.sizes = sizes;
    this.latencyNanos = speed.latencyNanos();
    this.pageNanos = pageNanos;
    this.fills = new FillModel<>(speed);
    this.selector = Selector.open();
    this.listener = ServerSocketChannel.open();
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4096);
    listener.configureBlocking(false);
    listener.register(selector, SelectionKey.OP_ACCEPT);
    this.thread = Thread.ofPlatform().name("stand-in").start(this::loop);
  }

  int port() {
    return listener.socket().getLocalPort();
  }

  /// How many there were so far.
  long requests() {
    return requests.sum();
  }

  /// CPU time of the stand-in itself.
  double cpuSeconds() {
    return ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.threadId()) / 1e9;
  }

  private void loop() {
    try {
      while (!closed) {
        long now = System.nanoTime();
        long next =
            Math.min(due.isEmpty() ? Long.MAX_VALUE : due.peek().time(), fills.nextEnd(now));
        if (next == Long.MAX_VALUE) {
          selector.select();
        } else if (next - now > 1_000_000) {
          selector.select((next - now) / 1_000_000);
        } else {
          selector.selectNow();
        }
        for (SelectionKey key : selector.selectedKeys()) {
          serve(key);
        }
        selector.selectedKeys().clear();
        sendWhatIsDue();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void serve(SelectionKey key) throws IOException {
    if (key.isAcceptable()) {
      SocketChannel channel = listener.accept();
      if (channel != null) {
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.register(selector, SelectionKey.OP_READ, new Connection(channel));
      }
      return;
    }
    Connection connection = (Connection) key.attachment();
    try {
      if (key.isWritable()) {
        write(connection);
      }
      if (key.isReadable()) {
        read(connection);
      }
    } catch (IOException e) {
      connection.channel.close(); // the client went away
    }
  }

  private void read(Connection connection) throws IOException {
    if (connection.channel.read(connection.in) < 0) {
      connection.channel.close();
      return;
    }
    byte[] bytes = connection.in.array();
    int start = 0;
    int end = connection.in.position();
    for (int i = 3; i < end; i++) {
      if (bytes[i] == '\n' && bytes[i - 1] == '\r' && bytes[i - 2] == '\n') {
        request(connection, new String(bytes, start, i - start, StandardCharsets.ISO_8859_1));
        start = i + 1;
        i += 3;
      }
    }
    connection.in.flip().position(start);
    connection.in.compact();
  }

  private void request(Connection connection, String head) throws IOException {
    int method = head.indexOf(' ');
    String target = head.substring(method + 1, head.indexOf(' ', method + 1));
    long now = System.nanoTime();
    requests.increment();
    if (head.startsWith("HEAD ")) {
      String path = target.indexOf('?') < 0 ? target : target.substring(0, target.indexOf('?'));
      long size = sizes.applyAsLong(path);
      ByteBuffer answer = size < 0 ? noSuchKey() : head(size, head.contains("ytes=0-0"));
      if (latencyNanos == 0) {
        send(connection, answer);
      } else {
        due.add(new Due(connection, answer, now + latency(), size));
      }
    } else {
      ByteBuffer answer = list(target, head);
      if (pageNanos == 0) {
        send(connection, answer);
      } else {
        due.add(new Due(connection, answer, now + pageNanos, -1));
      }
    }
  }

  /// Between half and one and a half times the average. If all were alike, equal fills would run in
  /// step for ever once they had met, and all wait at the same time.
  private long latency() {
    return (long) (latencyNanos * (0.5 + random.nextDouble()));
  }

  private static ByteBuffer noSuchKey() {
    return bytes(
        "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nx-amz-request-id: tx00000a1b2c3d4e5f\r\n\r\n");
  }

  private static ByteBuffer head(long size, boolean ranged) {
    return bytes(
        (ranged
                ? "HTTP/1.1 206 Partial Content\r\nContent-Length: 1\r\nContent-Range: bytes 0-0/"
                : "HTTP/1.1 200 OK\r\nContent-Length: ")
            + size
            + "\r\nETag: \"9b2cf535f27731c974343645a3985328\""
            + "\r\nLast-Modified: Sun, 01 Mar 2026 12:00:00 GMT"
            + "\r\nContent-Type: application/x-tar\r\nAccept-Ranges: bytes"
            + "\r\nx-amz-request-id: tx00000a1b2c3d4e5f\r\n\r\n");
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private ByteBuffer list(String target, String head) throws IOException {
    int question = target.indexOf('?');
    int host = head.indexOf("ost: ") + 5;
    boolean virtual = head.startsWith("bucket.", host);
    String bucket = virtual ? "bucket" : target.substring(1).replaceAll("[/?].*", "");
    Answer answer =
        origin.send("GET", bucket, "", question < 0 ? "" : target.substring(question + 1));
    StringBuilder text = new StringBuilder("HTTP/1.1 ").append(answer.status()).append(" OK\r\n");
    for (Map.Entry<String, String> header : answer.headers().entrySet()) {
      text.append(header.getKey()).append(": ").append(header.getValue()).append("\r\n");
    }
    text.append("Content-Length: ").append(answer.length()).append("\r\n\r\n");
    text.append(new String(answer.body().readAllBytes(), StandardCharsets.ISO_8859_1));
    return bytes(text.toString());
  }

  private void sendWhatIsDue() throws IOException {
    long now = System.nanoTime();
    for (Due first = due.peek(); first != null && first.time() <= now; first = due.peek()) {
      due.remove();
      if (first.fillBytes() < 0) {
        send(first.connection(), first.answer());
      } else {
        fills.start(new Filled(first.connection(), first.answer()), first.fillBytes(), now);
      }
    }
    for (@Nullable Filled done = fills.poll(now); done != null; done = fills.poll(now)) {
      send(done.connection(), done.answer());
    }
  }

  private void send(Connection connection, ByteBuffer answer) throws IOException {
    connection.out.add(answer);
    try {
      write(connection);
    } catch (IOException e) {
      connection.channel.close(); // the client went away
    }
  }

  private void write(Connection connection) throws IOException {
    ByteBuffer first = connection.out.peek();
    while (first != null) {
      connection.channel.write(first);
      if (first.hasRemaining()) {
        break;
      }
      connection.out.remove();
      first = connection.out.peek();
    }
    SelectionKey key = connection.channel.keyFor(selector);
    if (key != null && key.isValid()) {
      key.interestOps(
          first == null ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE);
    }
  }

  @Override
  public void close() throws IOException {
    closed = true;
    selector.wakeup();
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    for (SelectionKey key : selector.keys()) {
      key.channel().close();
    }
    selector.close();
  }

  /// Serves until it is killed, for measuring by hand: objects, directories, latency in ms, page
  /// latency in ms. Prints its port.
  public static void main(String[] arguments) throws Exception {
    int objects = Integer.parseInt(arguments[0]);
    int directories = Integer.parseInt(arguments[1]);
    StandIn store =
        new StandIn(
            new MemoryOrigin().generate("bucket", objects, Keys.in(objects, directories)),
            _ -> 1,
            new FillModel.Speed(
                Long.parseLong(arguments[2]) * 1_000_000, Double.MAX_VALUE, Double.MAX_VALUE),
            Long.parseLong(arguments[3]) * 1_000_000);
    System.out.println(store.port());
    store.thread.join();
  }
}
