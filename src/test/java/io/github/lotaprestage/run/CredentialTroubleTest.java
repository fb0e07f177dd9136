package io.github.lotaprestage.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Answer;
import io.github.lotaprestage.fixture.Cli;
import io.github.lotaprestage.fixture.Fault;
import io.github.lotaprestage.fixture.HttpServer;
import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.MemoryOrigin;
import io.github.lotaprestage.fixture.Result;
import io.github.lotaprestage.fixture.TestStore;
import java.io.IOException;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Credentials and configuration that cannot be used end the run with 3, one line and a summary.
@Timeout(120)
class CredentialTroubleTest {

  @TempDir private Path home;
  private final MemoryOrigin origin = new MemoryOrigin().bucket("bucket").put("bucket", "k", 1);

  @SuppressWarnings("NullAway.Init")
  private LotaEmulator lota;

  @SuppressWarnings("NullAway.Init")
  private Path config;

  @BeforeEach
  void start() {
    config = home.resolve("my.config");
    lota =
        LotaEmulator.before(origin).credentials(TestStore.ACCESS_KEY, TestStore.SECRET_KEY).start();
  }

  @AfterEach
  void stop() {
    lota.close();
  }

  private Cli cli() {
    return Cli.bare()
        .env("HOME", home.toString())
        .env("AWS_ENDPOINT_URL", lota.endpoint().toString());
  }

  private Cli profile(String content) throws IOException {
    Files.writeString(config, "[profile job]\n" + content.replace("; ", "\n") + "\n");
    return cli().env("AWS_CONFIG_FILE", config.toString());
  }

  private static void assertRefused(Result result, String... parts) {
    result
        .says(parts)
        .err(err -> err.doesNotContain("internal error", TestStore.SECRET_KEY))
        .exits(3)
        .objects(0)
        .summary("exit_code", 3);
    assertThat(result.summary().get("error").get("message").asString()).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          role_arn = arn:aws:iam::1:role/r; source_profile = base | role_arn is not supported
          role_arn = arn:aws:iam::1:role/r; web_identity_token_file = /t | role_arn is not supported
          role_arn = arn:aws:iam::1:role/r; credential_source = Environment | role_arn is not supported
          sso_session = s; sso_account_id = 1 | sso_session is not supported
          sso_start_url = https://x; sso_region = y | sso_start_url is not supported
          web_identity_token_file = /t | web_identity_token_file is not supported
          login_session = s | login_session is not supported
          aws_access_key_id = A | aws_secret_access_key is missing or empty
          aws_secret_access_key = S | aws_access_key_id is missing or empty
          aws_session_token = T | aws_access_key_id is missing or empty
          aws_access_key_id =; aws_secret_access_key = | aws_access_key_id is missing or empty
          aws_access_key_id = A B; aws_secret_access_key = S | has a space
          region = x | has no credentials
          credential_process = exit 7 | credential_process ended with status 7
          credential_process = /does/not/exist | credential_process ended with status 127
          credential_process = true | credential_process printed nothing
          credential_process = echo junk | credential_process: the answer is not valid JSON
          credential_process = echo '[1]' | credential_process: the answer is not a JSON object
          credential_process = echo '{"Version":1}' | the access key ID is missing or empty
          """)
  void aProfileThatCannotBeUsed(String content, String problem) throws IOException {
    Cli cli = profile(content);
    String owner = "profile 'job' in " + config;
    assertRefused(cli.json("--profile job s3://bucket/k"), owner, problem);
    assertRefused(cli.env("AWS_PROFILE", "job").json("s3://bucket/k"), owner, problem);
  }

  @Test
  void aProcessThatGivesWhatHasExpired() throws IOException {
    assertRefused(
        profile("credential_process = " + script("2001-01-01T00:00:00Z"))
            .json("--profile job s3://bucket/k"),
        "the credentials expired at 2001-01-01T00:00:00Z");
  }

  private Path script(String expiration) throws IOException {
    Path script = home.resolve("credentials.sh");
    Files.writeString(
        script,
        """
        #!/bin/sh
        test -e %s && exit 9
        echo '{"Version":1,"AccessKeyId":"%s","SecretAccessKey":"%s","Expiration":"%s"}'
        """
            .formatted(
                home.resolve("broken"), TestStore.ACCESS_KEY, TestStore.SECRET_KEY, expiration));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    return script;
  }

  @Test
  void aProfileThatDoesNotExist() throws IOException {
    assertRefused(
        profile("region = x").json("--profile nope s3://bucket/k"),
        "profile 'nope' (from --profile) does not exist in " + config);
    assertRefused(
        cli()
            .env("AWS_PROFILE", "nope")
            .env("AWS_CONFIG_FILE", home + "/missing")
            .json("s3://bucket/k"),
        "profile 'nope' (from AWS_PROFILE) does not exist",
        "no such file",
        home + "/missing");
  }

  @Test
  void filesThatCannotBeRead() throws IOException {
    Path directory = Files.createDirectory(home.resolve("directory"));
    Path garbage = Files.write(home.resolve("garbage"), new byte[] {1, 2, (byte) 0xff, 0});
    for (String variable : new String[] {"AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"}) {
      for (Path file : new Path[] {directory, garbage}) {
        Result result = cli().env(variable, file.toString()).json("s3://bucket/k");
        assertRefused(result, file.toString());
        assertThat(result.err().split(file.toString(), -1)).as("named once").hasSize(2);
      }
    }
  }

  @Test
  void webIdentityIsRefusedByName() {
    assertRefused(
        cli()
            .env("AWS_WEB_IDENTITY_TOKEN_FILE", "/var/run/token")
            .env("AWS_ROLE_ARN", "arn:aws:iam::1:role/r")
            .json("s3://bucket/k"),
        "AWS_WEB_IDENTITY_TOKEN_FILE",
        "not supported");
  }

  private Cli container(String url) {
    return cli().env("AWS_CONTAINER_CREDENTIALS_FULL_URI", url);
  }

  @Test
  void whyAContainerEndpointGivesNoneIsTold() throws IOException {
    try (HttpServer missing = new HttpServer(_ -> Answer.empty(404));
        HttpServer broken = new HttpServer(_ -> Answer.empty(500));
        HttpServer junk =
            new HttpServer(_ -> Answer.of(200, "junk".getBytes(StandardCharsets.UTF_8)))) {
      assertRefused(
          container("http://127.0.0.1:" + missing.port() + "/x").json("s3://bucket/k"),
          "AWS_CONTAINER_CREDENTIALS_FULL_URI",
          "http://127.0.0.1:" + missing.port() + "/x answered with status 404");
      assertRefused(
          container("http://127.0.0.1:" + broken.port()).json("s3://bucket/k"), "status 500");
      assertRefused(
          container("http://127.0.0.1:" + junk.port()).json("s3://bucket/k"), "not valid JSON");
      assertRefused(container("http://127.0.0.1:1/").json("s3://bucket/k"), "Connection refused");
      assertRefused(
          container("http://192.0.2.1/").json("s3://bucket/k"),
          "http://192.0.2.1/ is not allowed",
          "loopback");
      assertRefused(container("ftp://x").json("s3://bucket/k"), "not an http:// or https:// URL");
      assertRefused(container("not a url").json("s3://bucket/k"), "not a URL");
      assertRefused(
          container("http://127.0.0.1:" + missing.port())
              .env("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", "/no/token")
              .json("s3://bucket/k"),
          "cannot read AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE /no/token: no such file");
    }
  }

  @Test
  void aTokenFileMayEndWithALineEnd() throws IOException {
    Path token = Files.writeString(home.resolve("token"), "pod-token\r\n");
    try (HttpServer endpoint =
        new HttpServer(request ->
            request.header("authorization").equals("pod-token")
                ? Answer.of(
                    200,
                    "{\"AccessKeyId\":\"%s\",\"SecretAccessKey\":\"%s\",\"Token\":\"\"}"
                        .formatted(TestStore.ACCESS_KEY, TestStore.SECRET_KEY)
                        .getBytes(StandardCharsets.UTF_8))
                : Answer.empty(401))) {
      container("http://127.0.0.1:" + endpoint.port() + "/\n")
          .env("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", token + "\n")
          .run("s3://bucket/k")
          .silent()
          .exits(0);
    }
  }

  /// Another source works, but the one that does not is named.
  @Test
  void aBrokenSourceBesideOneThatWorksIsAWarning() throws IOException {
    Files.writeString(config, "[default]\nrole_arn = arn:aws:iam::1:role/r\n");
    try (HttpServer endpoint =
        new HttpServer(_ ->
            Answer.of(
                200,
                "{\"AccessKeyId\":\"%s\",\"SecretAccessKey\":\"%s\"}"
                    .formatted(TestStore.ACCESS_KEY, TestStore.SECRET_KEY)
                    .getBytes(StandardCharsets.UTF_8)))) {
      container("http://127.0.0.1:" + endpoint.port() + "/")
          .env("AWS_CONFIG_FILE", config.toString())
          .run("s3://bucket/k")
          .exits(0)
          .says("role_arn is not supported", "container");
    }
  }

  /// The run ends in order: every object told, the list complete, a summary.
  @Test
  void aProcessThatBreaksDuringTheRunDoesNotBreakTheRun() throws IOException {
    AtomicInteger heads = new AtomicInteger();
    for (int i = 0; i < 50; i++) {
      origin.put("bucket", "d/" + i, 1);
    }
    Path failed = home.resolve("failed");
    Cli once =
        profile(
            "credential_process = test ! -e '%s' && touch '%<s' && echo '%s' || exit 9"
                .formatted(
                    home.resolve("asked"),
                    "{\"Version\":1,\"AccessKeyId\":\"%s\",\"SecretAccessKey\":\"%s\"}"
                        .formatted(TestStore.ACCESS_KEY, TestStore.SECRET_KEY)));
    try (LotaEmulator expiring =
        LotaEmulator.before(origin)
            .credentials(TestStore.ACCESS_KEY, TestStore.SECRET_KEY)
            .faults((request, _, _, _) ->
                request.method().equals("HEAD") && heads.incrementAndGet() > 20
                    ? Fault.status(400, "ExpiredToken")
                    : Fault.NONE)
            .start()) {
      once.env("AWS_ENDPOINT_URL", expiring.endpoint().toString())
          .json("--profile job --failed-to", failed, "s3://bucket/d/")
          .exits(1)
          .objects(50)
          .prestaged(20)
          .err(err ->
              err.contains("cannot renew the credentials", "credential_process ended with status 9")
                  .doesNotContain("internal error"));
      assertThat(failed).content().hasLineCount(30);
    }
  }
}
