package io.github.lotaprestage.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.lotaprestage.fixture.Fault;
import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.MemoryOrigin;
import io.github.lotaprestage.fixture.Result;
import io.github.lotaprestage.fixture.TestStore;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `--doctor` as users run it.
@Timeout(120)
class DoctorIT {

  private static final Duration MAX_TIME = Duration.ofSeconds(15);
  private static final String DOCTOR = "--doctor s3://bucket/data/";

  @TempDir private Path directory;

  private static LotaEmulator lota(Fault.Plan faults) {
    return LotaEmulator.before(new MemoryOrigin().put("bucket", "data/a", 7))
        .host("test.cwlota.com")
        .dated()
        .credentials(TestStore.ACCESS_KEY, TestStore.SECRET_KEY)
        .faults(faults)
        .start();
  }

  private static LotaEmulator lota() {
    return lota((_, _, _, _) -> Fault.NONE);
  }

  /// A program whose credentials come from a command that never ends.
  private Program hanging() throws IOException {
    Path config =
        Files.writeString(
            directory.resolve("config"),
            "[default]\ncredential_process = trap '' TERM; echo hidden; sleep 1000\n");
    return Program.bare()
        .env("AWS_CONFIG_FILE", config.toString())
        .env("HTTPS_PROXY", "http://me:hidden@proxy.example:3128");
  }

  private static void failed(Result result, String... checks) {
    assertThat(result.json())
        .as(result.toString())
        .filteredOn(line -> line.get("status").asString().equals("fail"))
        .allSatisfy(line -> assertThat(line.get("fix").asString()).isNotEmpty())
        .extracting(line -> line.get("name").asString())
        .containsExactly(checks);
    result.silent();
    assertThat(result.out()).doesNotContain("hidden", "Exception", "\tat ");
  }

  private interface Story {
    Result tell() throws Exception;
  }

  private static Result inTime(Story story) throws Exception {
    long start = System.nanoTime();
    Result result = story.tell();
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .as(result.toString())
        .isLessThan(MAX_TIME);
    return result;
  }

  @Test
  void aHostThatDropsPacketsAndCredentialsThatHang() throws Exception {
    List<Socket> waiting = new ArrayList<>();
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      for (boolean refused = false; !refused; ) {
        Socket socket = new Socket();
        waiting.add(socket);
        try {
          socket.connect(full.getLocalSocketAddress(), 100);
        } catch (SocketTimeoutException e) {
          refused = true;
        }
      }
      Program program = hanging().endpoint("http://test.cwlota.com:" + full.getLocalPort());
      Result result = inTime(() -> program.json(DOCTOR)).exits(3);
      failed(result, "tcp", "credentials");
      result.outContains("ConnectTimeout", "credential_process has not answered", "HTTPS_PROXY");
    } finally {
      for (Socket socket : waiting) {
        socket.close();
      }
    }
  }

  /// The name server of this process is replaced in a mount namespace of its own, which needs root.
  @Test
  void aNameServerThatDoesNotAnswerAndCredentialsThatHang() throws Exception {
    assumeTrue(canReplaceNameServers(), "this user can mount nothing");
    Path servers = Files.writeString(directory.resolve("resolv.conf"), "nameserver 127.0.0.1\n");
    InetSocketAddress port = new InetSocketAddress(InetAddress.getLoopbackAddress(), 53);
    try (DatagramSocket silent = new DatagramSocket(port)) {
      assertThat(silent.isBound()).isTrue();
      Program program =
          hanging().without("LOTA_PRESTAGE_JAVA_OPTS").endpoint("http://store.example");
      Result result =
          inTime(() ->
                  program.shell(
                      "exec unshare -m sh -c 'mount --bind \"$1\" /etc/resolv.conf && exec \"$0\" -o"
                          + " json "
                          + DOCTOR
                          + "' \"$0\" \"$1\"",
                      servers))
              .exits(3);
      failed(result, "bucket_dns", "credentials");
      result.outContains("no answer in time", "/etc/resolv.conf");
    }
  }

  private static boolean canReplaceNameServers() throws IOException, InterruptedException {
    return new ProcessBuilder(
                "sh",
                "-c",
                "[ \"$(id -u)\" = 0 ] && unshare -m mount --bind /etc/hosts /etc/resolv.conf")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }

  @Test
  void aFileThatTheUserMayNotRead() throws Exception {
    Path config = Files.writeString(directory.resolve("config"), "[default]\n");
    Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("---------"));
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    Result result =
        Program.bare()
            .env("AWS_CONFIG_FILE", config.toString())
            .shell(
                "[ \"$(id -u)\" = 0 ] && as='setpriv --reuid=54321 --regid=54321 --clear-groups';"
                    + " exec $as \"$0\" -o json "
                    + DOCTOR)
            .exits(2);
    failed(result, "configuration");
    result.outContains("cannot read " + config + ": permission denied");
  }

  @Test
  void fewFileDescriptorsAreAWarningAndTooFewAreAFailure() throws Exception {
    try (LotaEmulator lota = lota()) {
      Result few = Program.at(lota).shell("ulimit -n 100; exec \"$0\" -o json " + DOCTOR).exits(0);
      failed(few);
      few.outContains("--concurrency 300 needs more file descriptors", "(100)");
      Result tooFew = Program.at(lota).shell("ulimit -n 50; exec \"$0\" -o json " + DOCTOR);
      tooFew.exits(3);
      failed(tooFew, "file_descriptors");
    }
  }

  @Test
  void anExpiredTokenAndNoCredentials() throws Exception {
    try (LotaEmulator lota =
        lota((request, _, _, _) ->
            request.header("authorization").isEmpty()
                ? Fault.NONE
                : Fault.status(400, "ExpiredToken"))) {
      failed(Program.at(lota).json(DOCTOR).exits(3), "list");
      failed(Program.bare().endpoint(lota.endpoint()).json(DOCTOR).exits(3), "credentials");
    }
  }

  @Test
  void aHealthySetUp() throws Exception {
    try (LotaEmulator lota = lota()) {
      Result result = Program.at(lota).run(DOCTOR).exits(0).silent();
      assertThat(result.out().lines()).hasSize(17).allMatch(line -> line.startsWith("ok    "));
      assertThat(lota.seen().rangedHeads()).isZero();
      assertThat(lota.cachedObjects()).isZero();
    }
  }
}
