package io.github.lotaprestage.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Answer;
import io.github.lotaprestage.fixture.Cli;
import io.github.lotaprestage.fixture.HttpServer;
import io.github.lotaprestage.fixture.Result;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// HTTPS to a server without TLS and the other way round, and handshakes that are cut.
@Timeout(60)
class WrongSchemeTest {

  /// What to do with one connection.
  private interface Peer {
    void meet(Socket socket) throws IOException;
  }

  private static void inBackground(Callable<@Nullable Void> task) {
    Thread.ofVirtual().start(new FutureTask<>(task));
  }

  private static JsonNode failure(String scheme, Peer peer, AtomicInteger met) throws IOException {
    try (ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      inBackground(() -> {
        while (true) {
          try (Socket socket = listener.accept()) {
            met.incrementAndGet();
            peer.meet(socket);
          }
        }
      });
      return run(scheme + "://127.0.0.1:" + listener.getLocalPort());
    }
  }

  private static JsonNode run(String endpoint) {
    Result result = Cli.at(endpoint).json("--max-attempts 2 s3://bucket/k");
    assertThat(result.code()).isNotZero();
    return result.objects().getFirst().get("error");
  }

  private static void assertCode(JsonNode error, String code, boolean retryable) {
    assertThat(error.get("code").asString()).isEqualTo(code);
    assertThat(error.get("retryable").asBoolean()).isEqualTo(retryable);
  }

  @Test
  void httpsToAServerWithoutTlsIsNamed() throws Exception {
    Peer plain =
        socket -> {
          socket.getInputStream().read();
          socket
              .getOutputStream()
              .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        };
    JsonNode error = failure("https", plain, new AtomicInteger());
    assertCode(error, "WrongScheme", false);
    assertThat(error.get("message").asString()).contains("http://");
  }

  @Test
  void httpToAServerWithTlsIsNamed() throws Exception {
    byte[] alert = {21, 3, 3, 0, 2, 2, 10};
    Peer tls =
        socket -> {
          socket.getInputStream().read(new byte[4096]);
          socket.getOutputStream().write(alert);
        };
    JsonNode error = failure("http", tls, new AtomicInteger());
    assertCode(error, "WrongScheme", false);
    assertThat(error.get("message").asString()).contains("https://");
  }

  @Test
  void aHandshakeThatIsCutIsRetried() throws Exception {
    AtomicInteger ended = new AtomicInteger();
    Peer fin = socket -> socket.getInputStream().read(new byte[4096]);
    assertCode(failure("https", fin, ended), "ConnectionLost", true);
    assertThat(ended.get()).isEqualTo(2);
    AtomicInteger reset = new AtomicInteger();
    Peer rst =
        socket -> {
          socket.getInputStream().read(new byte[16]);
          socket.setSoLinger(true, 0);
        };
    assertCode(failure("https", rst, reset), "ConnectionLost", true);
    assertThat(reset.get()).isEqualTo(2);
  }

  /// Alerts by which a server says that it has trouble of its own, or hangs up.
  @ParameterizedTest
  @CsvSource({"2, 80", "1, 0", "2, 90"})
  void aHandshakeThatTheServerCannotGoOnWithIsRetried(byte level, byte alert) throws Exception {
    AtomicInteger met = new AtomicInteger();
    Peer peer =
        socket -> {
          socket.getInputStream().read(new byte[4096]);
          socket.getOutputStream().write(new byte[] {21, 3, 3, 0, 2, level, alert});
        };
    assertCode(failure("https", peer, met), "ConnectionLost", true);
    assertThat(met).hasValue(2);
  }

  @Test
  void aClientCertificateThatIsRequiredIsNamed() throws Exception {
    Peer peer =
        socket -> {
          socket.getInputStream().read(new byte[4096]);
          socket.getOutputStream().write(new byte[] {21, 3, 3, 0, 2, 2, 116});
        };
    assertCode(failure("https", peer, new AtomicInteger()), "ClientCertificateRequired", false);
  }

  @Test
  void aHandshakeThatTheServerRefusesIsNotRetried() throws Exception {
    AtomicInteger met = new AtomicInteger();
    Peer peer =
        socket -> {
          socket.getInputStream().read(new byte[4096]);
          socket.getOutputStream().write(new byte[] {21, 3, 3, 0, 2, 2, 40});
        };
    assertCode(failure("https", peer, met), "TlsError", false);
  }

  @Test
  void somethingElseThanHttpIsRetried() {
    try (HttpServer store =
        new HttpServer(_ -> Answer.empty(200).with("ETag", "x\r\n\u0001\u0002 no header"))) {
      assertThat(run("http://127.0.0.1:" + store.port()).get("retryable").asBoolean()).isTrue();
    }
  }
}
