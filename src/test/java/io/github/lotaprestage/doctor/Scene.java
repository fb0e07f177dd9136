package io.github.lotaprestage.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Answer;
import io.github.lotaprestage.fixture.Cli;
import io.github.lotaprestage.fixture.Fault;
import io.github.lotaprestage.fixture.HttpServer;
import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.MemoryOrigin;
import io.github.lotaprestage.fixture.Request;
import io.github.lotaprestage.fixture.TestStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;

/// One set-up: the servers and files around a command, which end with it.
final class Scene implements AutoCloseable {

  private final Path directory;
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final AtomicInteger staging = new AtomicInteger();
  private final AtomicInteger heads = new AtomicInteger();

  /// @param directory for files
  Scene(Path directory) {
    this.directory = directory;
  }

  /// HEADs that were sent, none of which has staged anything.
  int heads() {
    return heads.get();
  }

  /// A command without credentials, pointed at a LOTA that needs none.
  Cli open() {
    LotaEmulator lota = LotaEmulator.before(origin()).host("test.cwlota.com").dated().start();
    opened.push(lota);
    return Cli.bare().env("AWS_ENDPOINT_URL", lota.endpoint().toString());
  }

  /// A command with valid credentials, pointed at a LOTA with two objects in `bucket`.
  Cli lota() {
    return lota((_, _, _, _) -> Fault.NONE);
  }

  /// The same with faults.
  Cli lota(Fault.Plan faults) {
    LotaEmulator lota =
        LotaEmulator.before(origin())
            .host("test.cwlota.com")
            .dated()
            .credentials(TestStore.ACCESS_KEY, TestStore.SECRET_KEY)
            .faults((request, bucket, key, attempt) -> {
              count(request);
              return faults.of(request, bucket, key, attempt);
            })
            .start();
    opened.push(lota);
    return Cli.at(lota);
  }

  /// The same with the bucket in the path, which this store allows.
  Cli pathStore() {
    LotaEmulator store = LotaEmulator.before(origin()).allowPathStyle().dated().start();
    opened.push(store);
    return Cli.at(store);
  }

  /// A command pointed at a store of another name that refuses a bucket in the path.
  Cli virtualStore() {
    LotaEmulator store = LotaEmulator.before(origin()).dated().start();
    opened.push(store);
    return Cli.at(store);
  }

  static MemoryOrigin origin() {
    return new MemoryOrigin().bucket("bucket").put("bucket", "data/a", 7).put("bucket", "b/c", 1);
  }

  private void count(Request request) {
    if (request.method().equals("HEAD")) {
      (request.header("range").isEmpty() ? heads : staging).incrementAndGet();
    }
  }

  /// A command pointed at a host that drops every packet: a port whose queue is full.
  Cli blackhole() throws IOException {
    ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    opened.push(listener);
    for (boolean full = false; !full; ) {
      Socket waiting = new Socket();
      opened.push(waiting);
      try {
        waiting.connect(listener.getLocalSocketAddress(), 100);
      } catch (SocketTimeoutException e) {
        full = true;
      }
    }
    return Cli.at("http://test.cwlota.com:" + listener.getLocalPort());
  }

  /// A command pointed at a port that answers every connection with these bytes, whatever is asked.
  Cli saying(String bytes) throws IOException {
    ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    opened.push(listener);
    Thread.ofVirtual()
        .start(() -> {
          while (!listener.isClosed()) {
            try (Socket socket = listener.accept()) {
              socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
              socket.shutdownOutput();
              socket.getInputStream().readNBytes(1);
            } catch (IOException e) {
              // the client went away, or the scene has ended
            }
          }
        });
    return Cli.at("http://test.cwlota.com:" + listener.getLocalPort());
  }

  /// A command pointed at a port that begins an answer, and then sends a byte a second.
  Cli dripping() throws IOException {
    ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    opened.push(listener);
    Thread.ofVirtual()
        .start(() -> {
          while (!listener.isClosed()) {
            try {
              Socket socket = listener.accept();
              Thread.ofVirtual().start(() -> drip(socket));
            } catch (IOException e) {
              // the scene has ended
            }
          }
        });
    return Cli.at("http://test.cwlota.com:" + listener.getLocalPort());
  }

  /// A command pointed at a store that sends the answer to a signed LIST a byte a second.
  Cli drippingLists() {
    return answering(request ->
        request.header("authorization").isEmpty() || !request.method().equals("GET")
            ? s3(request)
            : new Answer(200, Map.of(), new Drops(), 60, Answer.Fate.ANSWERED));
  }

  /// A byte a second, for a minute.
  private static final class Drops extends InputStream {
    private int left = 60;

    @Override
    public int read() throws IOException {
      try {
        Thread.sleep(1000);
      } catch (InterruptedException e) {
        throw new InterruptedIOException("the scene has ended");
      }
      return left-- > 0 ? ' ' : -1;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      int b = read();
      into[from] = (byte) b;
      return b < 0 ? -1 : 1;
    }

    @Override
    public long transferTo(OutputStream out) throws IOException {
      long sent = 0;
      for (int b = read(); b >= 0; b = read()) {
        out.write(b);
        out.flush();
        sent++;
      }
      return sent;
    }
  }

  private static void drip(Socket socket) {
    try (socket) {
      OutputStream out = socket.getOutputStream();
      out.write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.ISO_8859_1));
      new Drops().transferTo(out);
    } catch (IOException e) {
      // the client went away
    }
  }

  /// A server with answers of its own.
  HttpServer server(HttpServer.Handler handler) {
    return server(handler, ServerSocketFactory.getDefault());
  }

  HttpServer server(HttpServer.Handler handler, ServerSocketFactory sockets) {
    HttpServer server =
        new HttpServer(
            request -> {
              count(request);
              return handler.handle(request);
            },
            sockets);
    opened.push(server);
    return server;
  }

  /// A command pointed at such a server.
  Cli answering(HttpServer.Handler handler) {
    return Cli.at("http://test.cwlota.com:" + server(handler).port());
  }

  /// A command pointed at a port that accepts connections, and nothing more.
  Cli silent(String scheme) throws IOException {
    return Cli.at(
        (scheme.equals("https") ? "https://localhost:" : "http://test.cwlota.com:") + silentPort());
  }

  /// A port that accepts connections, and nothing more.
  int silentPort() throws IOException {
    ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    opened.push(listener);
    return listener.getLocalPort();
  }

  /// A port on which nothing listens.
  static int unusedPort() throws IOException {
    try (ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      return listener.getLocalPort();
    }
  }

  Path file(String name, String content) throws IOException {
    return Files.writeString(directory.resolve(name), content);
  }

  /// A pipe that nobody writes to.
  Path pipe() throws IOException, InterruptedException {
    Path pipe = directory.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    return pipe;
  }

  Path directory() {
    return directory;
  }

  /// What S3 answers to a LIST or a HEAD of an object in `bucket`.
  static Answer s3(Request request) {
    return s3Answer(request).with("Date", LotaEmulator.date(Instant.now()));
  }

  private static Answer s3Answer(Request request) {
    return request.method().equals("HEAD")
        ? Answer.empty(200)
            .with("Content-Length", "7")
            .with("ETag", "\"e\"")
            .with("x-amz-request-id", "1")
        : origin().send("GET", "bucket", "", request.query()).with("x-amz-request-id", "1");
  }

  /// An answer of a web server.
  static Answer html(int status) {
    return Answer.of(status, "<html>welcome</html>".getBytes(StandardCharsets.UTF_8))
        .with("Content-Type", "text/html");
  }

  @Override
  public void close() {
    for (AutoCloseable each : opened) {
      try {
        each.close();
      } catch (Exception e) {
        throw new AssertionError("a part of the scene cannot be closed", e);
      }
    }
    assertThat(staging).as("requests that stage").hasValue(0);
    assertThat(heads).as("HEADs").hasValueLessThanOrEqualTo(1);
  }
}
