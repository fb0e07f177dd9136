package io.github.lotaprestage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Cli;
import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.MemoryOrigin;
import io.github.lotaprestage.fixture.Result;
import io.github.lotaprestage.fixture.TestStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the environment and configuration files say, seen by a store.
class ConfigurationTest {

  @TempDir private Path home;
  private final MemoryOrigin origin =
      new MemoryOrigin().put("bucket", "k", 1).put("Upper_Case", "k", 1);

  @SuppressWarnings("NullAway.Init")
  private LotaEmulator lota;

  @BeforeEach
  void start() {
    lota =
        LotaEmulator.before(origin)
            .allowPathStyle()
            .credentials(TestStore.ACCESS_KEY, TestStore.SECRET_KEY)
            .start();
  }

  @AfterEach
  void stop() {
    lota.close();
  }

  private static void assertStaged(Result result) {
    result.silent().exits(0);
  }

  private Cli config(String content) throws IOException {
    Path config = Files.writeString(home.resolve("config"), content);
    return Cli.at(lota).env("AWS_CONFIG_FILE", config.toString());
  }

  @Test
  void environmentValuesLoseWhiteSpaceAroundThem() {
    for (String target : new String[] {"s3://bucket/", "s3://bucket/k"}) {
      assertStaged(
          Cli.at(lota.endpoint() + "\n")
              .env("AWS_ACCESS_KEY_ID", TestStore.ACCESS_KEY + "\n")
              .env("AWS_SECRET_ACCESS_KEY", " " + TestStore.SECRET_KEY + "\r\n")
              .env("AWS_SESSION_TOKEN", "\n")
              .env("AWS_REGION", "us-east-1\n")
              .env("AWS_PROFILE", "\t")
              .env("LOTA_PRESTAGE_CONCURRENCY", "8\n")
              .env("LOTA_PRESTAGE_QUIET", "true\n")
              .run(target));
    }
  }

  @Test
  void theVariableThatCannotBeUsedIsNamed() {
    for (String name : List.of("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN")) {
      Result result = Cli.at(lota.endpoint()).env(name, "se cret").run("s3://bucket/k");
      assertThat(result.code()).isEqualTo(3);
      assertThat(result.err())
          .contains("no usable credentials: " + name + " has a space")
          .doesNotContain("se cret");
    }
  }

  /// With `--profile`, keys in the environment are not looked at.
  @Test
  void aProfileWithoutKeysThatWasChosenIsTheOneToCorrect() throws IOException {
    config("[profile data]\nregion = us-east-1\n")
        .run("--profile data s3://bucket/k")
        .exits(3)
        .errContains("profile 'data'", "add a key pair or credential_process to that profile")
        .err(err -> err.doesNotContain("AWS_ACCESS_KEY_ID"));
  }

  @Test
  void aBadConfigurationIsNotRetryable() {
    Result result =
        Cli.at(lota.endpoint()).env("AWS_REGION", "a/b").run("-o", "json", "s3://bucket/k");
    assertThat(result.code()).isEqualTo(3);
    assertThat(result.summary().get("error").get("code").asString()).isEqualTo("BadConfiguration");
    assertThat(result.summary().get("error").get("retryable").asBoolean()).isFalse();
    assertThat(result.err()).contains("correct it, or choose another file or profile");
  }

  @Test
  void theProfilesAddressingStyleActsAsTheOption() throws IOException {
    Cli path = config("[default]\ns3 =\n  addressing_style = path\n");
    assertStaged(path.run("s3://Upper_Case/"));
    assertStaged(path.run("s3://Upper_Case/k"));
    assertStaged(path.input("s3://Upper_Case/k\n").run("--files-from -"));
    config("[default]\ns3 =\n  addressing_style = virtual\n")
        .run("s3://Upper_Case/k")
        .exits(2)
        .errContains("Upper_Case", "cannot be part of a host name");
  }

  /// Java does not take a host with an underscore for one.
  @Test
  void aHostWithAnUnderscore() {
    String url = "http://my_store:" + URI.create(lota.endpoint().toString()).getPort();
    assertStaged(Cli.at(url).run("--path-style s3://bucket/"));
    assertStaged(Cli.at(url).run("--path-style s3://bucket/k"));
  }

  @Test
  void aRegionThatIsNotAName() throws IOException {
    Cli.at(lota)
        .run("--region 'us east' s3://bucket/k")
        .exits(2)
        .errContains("--region 'us east' is not a valid name");
    Cli.at(lota)
        .env("AWS_REGION", "a/b")
        .run("s3://bucket/k")
        .exits(3)
        .errContains("AWS_REGION: region 'a/b' is not a valid name");
    Result profile = config("[default]\nregion = a/b\n").run("s3://bucket/k");
    profile.exits(3).errContains("profile 'default' in " + home.resolve("config"));
  }

  @Test
  void verboseSaysWhatWasChosenAndFromWhereOnce() throws IOException {
    config("[default]\nregion = us-west-9\n")
        .env("LOTA_PRESTAGE_CONCURRENCY", "8")
        .run("-v s3://bucket/k")
        .err(err ->
            err.containsOnlyOnce("profile default (from the default); files read: " + home)
                .containsOnlyOnce("credentials: AWS_ACCESS_KEY_ID\n")
                .containsOnlyOnce("region us-west-9 (from profile 'default' in " + home)
                .containsOnlyOnce("endpoint " + lota.endpoint() + " (from AWS_ENDPOINT_URL)")
                .containsOnlyOnce("bucket in the host name (from the default)")
                .containsOnlyOnce("concurrency 8 (from LOTA_PRESTAGE_CONCURRENCY)")
                .containsOnlyOnce("heap up to ")
                .doesNotContain(TestStore.SECRET_KEY, TestStore.ACCESS_KEY));
  }
}
