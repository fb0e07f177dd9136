package io.github.lotaprestage.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Answer;
import io.github.lotaprestage.fixture.HttpServer;
import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.MemoryOrigin;
import io.github.lotaprestage.fixture.Request;
import io.github.lotaprestage.fixture.Result;
import io.github.lotaprestage.fixture.TestStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Where credentials come from.
@Timeout(180)
class CredentialsIT {

  private final LotaEmulator lota =
      LotaEmulator.before(new MemoryOrigin().put("bucket", "k00001", 1))
          .keepNothing()
          .credentials(TestStore.ACCESS_KEY, TestStore.SECRET_KEY)
          .start();

  @TempDir private Path home;

  @AfterEach
  void stop() {
    lota.close();
  }

  /// The program without credentials of its own.
  private Program keyless() {
    return Program.bare().endpoint(lota.endpoint());
  }

  @Test
  void whatIsSecretAboutContainerCredentialsIsNotTold() throws Exception {
    String secret = "SECRET-OF-THE-POD";
    for (Answer answer :
        List.of(
            Answer.of(200, ("not json " + secret).getBytes(StandardCharsets.UTF_8)),
            Answer.of(
                200,
                "{\"SecretAccessKey\":\"%s\",\"Token\":\"%s\",\"Expiration\":\"%s\"}"
                    .formatted(secret, secret, secret)
                    .getBytes(StandardCharsets.UTF_8)),
            Answer.of(
                400, ("{\"message\":\"" + secret + "\"}").getBytes(StandardCharsets.UTF_8)))) {
      try (HttpServer endpoint = new HttpServer(_ -> answer)) {
        Result result =
            keyless()
                .env(
                    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
                    "http://127.0.0.1:" + endpoint.port() + "/")
                .env("AWS_CONTAINER_AUTHORIZATION_TOKEN", secret)
                .run("--log-level trace --stacktrace s3://bucket/")
                .exits(3)
                .errContains(
                    "no usable credentials: container credentials (AWS_CONTAINER_CREDENTIALS_FULL_URI)");
        assertThat(result.err() + result.out()).doesNotContain(secret);
      }
    }
  }

  @Test
  void credentialsOfTheVendorsFilesAreFound() throws Exception {
    Path directory = Files.createDirectories(home.resolve(".coreweave"));
    Files.writeString(
        directory.resolve("cw.config"),
        "[profile cw]\nregion = US-EAST-04A\nendpoint_url = " + lota.endpoint() + "\n");
    Files.writeString(
        directory.resolve("cw.credentials"),
        "[cw]\naws_access_key_id = %s\naws_secret_access_key = %s\n"
            .formatted(TestStore.ACCESS_KEY, TestStore.SECRET_KEY));
    Program.bare().env("HOME", home.toString()).run("s3://bucket/k00001").silent().exits(0);
    Program.bare()
        .env("HOME", home.toString())
        .env("AWS_ACCESS_KEY_ID", "other")
        .env("AWS_SECRET_ACCESS_KEY", "other")
        .run("s3://bucket/k00001")
        .errContains("InvalidAccessKeyId");
  }

  @Test
  void credentialsOfAProcess() throws Exception {
    Path script = home.resolve("credentials.sh");
    Files.writeString(
        script,
        "#!/bin/sh\necho '{\"Version\":1,\"AccessKeyId\":\"%s\",\"SecretAccessKey\":\"%s\"}'\n"
            .formatted(TestStore.ACCESS_KEY, TestStore.SECRET_KEY));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    Files.createDirectories(home.resolve(".aws"));
    Files.writeString(
        home.resolve(".aws/config"), "[profile job]\ncredential_process = " + script + "\n");
    keyless()
        .env("HOME", home.toString())
        .run("--profile job s3://bucket/k00001")
        .silent()
        .exits(0);
  }

  @Test
  void credentialsOfTheContainerEndpoint() throws Exception {
    Path token = Files.writeString(home.resolve("token"), "pod-token");
    ConcurrentLinkedQueue<Request> asked = new ConcurrentLinkedQueue<>();
    try (HttpServer endpoint =
        new HttpServer(request -> {
          asked.add(request);
          return Answer.of(
              200,
              """
              {"AccessKeyId":"%s","SecretAccessKey":"%s","Token":"session",
               "Expiration":"2099-01-01T00:00:00Z"}
              """
                  .formatted(TestStore.ACCESS_KEY, TestStore.SECRET_KEY)
                  .getBytes(StandardCharsets.UTF_8));
        })) {
      keyless()
          .env(
              "AWS_CONTAINER_CREDENTIALS_FULL_URI",
              "http://127.0.0.1:" + endpoint.port() + "/v1/credentials")
          .env("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", token.toString())
          .run("s3://bucket/k00001")
          .silent()
          .exits(0);
    }
    assertThat(asked).isNotEmpty();
    assertThat(asked.element().header("authorization")).isEqualTo("pod-token");
  }

  @Test
  void instanceMetadataIsNeverAsked() throws Exception {
    ConcurrentLinkedQueue<Request> asked = new ConcurrentLinkedQueue<>();
    try (HttpServer metadata =
        new HttpServer(request -> {
          asked.add(request);
          return Answer.empty(200);
        })) {
      keyless()
          .env("AWS_EC2_METADATA_SERVICE_ENDPOINT", "http://127.0.0.1:" + metadata.port())
          .run("s3://bucket/k00001")
          .exits(3)
          .errContains("no usable credentials");
    }
    assertThat(asked).isEmpty();
  }

  /// Each of these makes the SDK ask instance metadata, refuse the endpoint or warn.
  @Test
  void theSdkLooksUpNothingItself() throws Exception {
    Program.at(lota)
        .env("AWS_DEFAULTS_MODE", "auto")
        .env("AWS_USE_FIPS_ENDPOINT", "true")
        .env("AWS_USE_DUALSTACK_ENDPOINT", "true")
        .env("AWS_RETRY_MODE", "bogus")
        .env("AWS_S3_USE_ARN_REGION", "bogus")
        .env("AWS_S3_DISABLE_MULTIREGION_ACCESS_POINTS", "bogus")
        .run("--quiet --include k00001 s3://bucket/")
        .silent()
        .exits(0);
  }
}
