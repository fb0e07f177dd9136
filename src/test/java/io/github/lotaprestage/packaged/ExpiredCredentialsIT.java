package io.github.lotaprestage.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Answer;
import io.github.lotaprestage.fixture.Fault;
import io.github.lotaprestage.fixture.HttpServer;
import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.MemoryOrigin;
import io.github.lotaprestage.fixture.Request;
import io.github.lotaprestage.fixture.Result;
import io.github.lotaprestage.fixture.TestStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Credentials that expire during a run.
@Timeout(180)
class ExpiredCredentialsIT {

  private static final int OBJECTS = 2000;

  private final MemoryOrigin origin = new MemoryOrigin().bucket("bucket");

  /// Credentials are issued one after another; the store takes only those that are issued now.
  private final AtomicInteger issued = new AtomicInteger(1);

  private final AtomicInteger heads = new AtomicInteger();

  private volatile Runnable halfTime = () -> {};

  @TempDir private Path home;

  @SuppressWarnings("NullAway.Init")
  private LotaEmulator lota;

  @BeforeEach
  void start() {
    for (int i = 0; i < OBJECTS; i++) {
      origin.put("bucket", "k%05d".formatted(i), 1);
    }
    lota =
        LotaEmulator.before(origin)
            .keepNothing()
            .credentials(TestStore.ACCESS_KEY, TestStore.SECRET_KEY)
            .credentials("AK1", "secret-1")
            .credentials("AK2", "secret-2")
            .faults(this::fault)
            .start();
  }

  @AfterEach
  void stop() {
    lota.close();
  }

  private Fault fault(Request request, String bucket, String key, int attempt) {
    if (request.method().equals("HEAD") && heads.incrementAndGet() == OBJECTS / 2) {
      halfTime.run();
    }
    boolean temporary = request.header("authorization").contains("Credential=AK");
    boolean current = request.header("authorization").contains("Credential=AK" + issued.get());
    return temporary && !current ? Fault.status(400, "ExpiredToken") : Fault.NONE;
  }

  /// The program without credentials of its own.
  private Program keyless() {
    return Program.bare().endpoint(lota.endpoint());
  }

  private void assertAllStagedInSpiteOfExpiry(Result result) {
    result.silent().exits(0);
    assertThat(lota.seen().successes()).hasSize(OBJECTS);
    result.summary("retries", n -> n.isPositive());
    assertThat(issued.get()).isEqualTo(2);
  }

  @Test
  void expiredContainerCredentialsAreRenewedWithTheTokenOfNow() throws Exception {
    Path token = Files.writeString(home.resolve("token"), "pod-token-1");
    halfTime =
        () -> {
          write(token, "pod-token-2");
          issued.set(2);
        };
    try (HttpServer endpoint =
        new HttpServer(request -> {
          int now = issued.get();
          return request.header("authorization").equals("pod-token-" + now)
              ? Answer.of(
                  200,
                  """
                  {"AccessKeyId":"AK%d","SecretAccessKey":"secret-%d","Token":"session-%d",
                   "Expiration":"2099-01-01T00:00:00Z"}
                  """
                      .formatted(now, now, now)
                      .getBytes(StandardCharsets.UTF_8))
              : Answer.empty(401);
        })) {
      assertAllStagedInSpiteOfExpiry(
          keyless()
              .env(
                  "AWS_CONTAINER_CREDENTIALS_FULL_URI",
                  "http://127.0.0.1:" + endpoint.port() + "/v1/credentials")
              .env("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", token.toString())
              .json("-c 20 s3://bucket/"));
    }
  }

  @Test
  void expiredCredentialsOfAProcessAreRenewed() throws Exception {
    Path serial = Files.writeString(home.resolve("serial"), "1");
    halfTime =
        () -> {
          write(serial, "2");
          issued.set(2);
        };
    assertAllStagedInSpiteOfExpiry(
        keyless()
            .env("HOME", home.toString())
            .env(
                "AWS_CONFIG_FILE",
                profileOf(
                    "n=$(cat '%s'); echo '{\"Version\":1,\"AccessKeyId\":\"AK'$n'\","
                            .formatted(serial)
                        + "\"SecretAccessKey\":\"secret-'$n'\",\"SessionToken\":\"t\"}'"))
            .json("-c 20 --profile job s3://bucket/"));
  }

  @Test
  void expiredCredentialsOfAFileAreReadAgain() throws Exception {
    Path file = home.resolve("credentials");
    String format = "[default]\naws_access_key_id = AK%d\naws_secret_access_key = secret-%d\n";
    write(file, format.formatted(1, 1));
    halfTime =
        () -> {
          write(file, format.formatted(2, 2));
          issued.set(2);
        };
    assertAllStagedInSpiteOfExpiry(
        keyless().env("AWS_SHARED_CREDENTIALS_FILE", file.toString()).json("-c 20 s3://bucket/"));
  }

  @Test
  void expiredCredentialsThatNobodyRenewsAreSaidToBeSo() throws Exception {
    issued.set(2);
    for (String target : new String[] {"s3://bucket/", "s3://bucket/k00001"}) {
      keyless()
          .env("AWS_ACCESS_KEY_ID", "AK1")
          .env("AWS_SECRET_ACCESS_KEY", "secret-1")
          .env("AWS_SESSION_TOKEN", "session-1")
          .run(target)
          .exits(3)
          .says("ExpiredToken", "renew the credentials");
    }
  }

  private String profileOf(String shellLine) throws IOException {
    Path script = home.resolve("credentials.sh");
    Files.writeString(script, "#!/bin/sh\n" + shellLine + "\n");
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    Path config = home.resolve("config");
    Files.writeString(config, "[profile job]\ncredential_process = " + script + "\n");
    return config.toString();
  }

  private static void write(Path file, String content) {
    try {
      Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
