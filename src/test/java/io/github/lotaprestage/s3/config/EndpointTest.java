package io.github.lotaprestage.s3.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lotaprestage.plan.StoreOptions;
import io.github.lotaprestage.plan.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {

  @TempDir private Path home;
  private final Map<String, String> env = new HashMap<>();

  @BeforeEach
  void home() {
    env.put("HOME", home.toString());
  }

  private void write(String file, String content) throws IOException {
    Path path = home.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, content);
  }

  private Endpoint resolve(@Nullable String option, boolean dryRun) throws Exception {
    AwsProfile profile = AwsProfile.find(Optional.empty(), env);
    return Endpoint.resolve(
        StoreOptions.builder().endpointUrl(option).build(), env, profile, dryRun);
  }

  @Test
  void theOptionWinsThenTheEnvironmentThenTheProfileThenLota() throws Exception {
    assertThat(resolve(null, false)).hasToString("http://cwlota.com");
    write(".aws/config", "[default]\nendpoint_url = http://profile:1\n");
    assertThat(resolve(null, false)).hasToString("http://profile:1");
    env.put("AWS_ENDPOINT_URL", "http://general:2");
    assertThat(resolve(null, false)).hasToString("http://general:2");
    env.put("AWS_ENDPOINT_URL_S3", "http://special:3");
    assertThat(resolve(null, false)).hasToString("http://special:3");
    assertThat(resolve("http://option:4", false)).hasToString("http://option:4");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://cwobject.com",
        "HTTPS://CWOBJECT.COM/",
        "http://b.cwobject.com",
        "https://cwobject.com.",
        "https://CwObject.com.:443",
      })
  void thePrimaryEndpointFillsNothingAndIsRefused(String url) throws Exception {
    assertThatThrownBy(() -> resolve(url, false))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("fills no cache")
        .hasMessageContaining("--endpoint-url http://cwlota.com");
    assertThat(resolve(url, true).host()).containsIgnoringCase("cwobject.com");
  }

  @Test
  void aRefusalNamesWhereTheEndpointCameFrom() throws Exception {
    write(".coreweave/cw.config", "[profile cw]\nendpoint_url = https://cwobject.com\n");
    assertThatThrownBy(() -> resolve(null, false))
        .hasMessageContaining("profile 'cw' in " + home.resolve(".coreweave/cw.config"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cwlota.com",
        "ftp://cwlota.com",
        "http://",
        "http://a b",
        "http://h:",
        "http://[::1]:",
        "http://h/path",
        "http://h?q",
        "http://h#f",
        "http://user:secret@h",
        "localhost:9000",
        "//cwlota.com",
        "http://h:0",
        "http://h:65536",
        "http://h:port",
        "http://h%41",
        "http://.h",
        "http://user:secret@my_host",
      })
  void whatIsNoEndpointIsRefusedWithoutItsSecrets(String url) {
    assertThatThrownBy(() -> resolve(url, false))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("--endpoint-url")
        .hasMessageNotContaining("secret");
  }

  @Test
  void noBucketCanStandInFrontOfAnAddress() throws Exception {
    assertThat(resolve("http://127.0.0.1:9000", false).pathStyle()).isTrue();
    assertThat(resolve("http://[::1]:9000", false).pathStyle()).isTrue();
    assertThat(resolve("http://localhost:9000", false).pathStyle()).isFalse();
  }

  @Test
  void coreweaveFilesAreFoundAndComeFirst() throws Exception {
    write(".aws/config", "[default]\nregion = aws\n");
    assertThat(AwsProfile.find(Optional.empty(), env).name()).isEqualTo("default");
    write(".coreweave/cw.config", "[profile cw]\nregion = US-EAST-04A\n");
    write(".coreweave/cw.credentials", "[cw]\naws_access_key_id=a\naws_secret_access_key=b\n");
    AwsProfile found = AwsProfile.find(Optional.empty(), env);
    assertThat(found.name()).isEqualTo("cw");
    assertThat(found.property("region")).contains("US-EAST-04A");
    assertThat(found.property("aws_access_key_id")).contains("a");
  }

  @Test
  void namedFilesAreTheOnlyOnes() throws Exception {
    write(".coreweave/cw.config", "[profile cw]\nregion = found\n");
    write("my.config", "[default]\nregion = named\n[profile cw]\nregion = second\n");
    env.put("AWS_CONFIG_FILE", home.resolve("my.config").toString());
    assertThat(AwsProfile.find(Optional.empty(), env).property("region")).contains("named");
    env.put("AWS_CONFIG_FILE", "~/my.config");
    env.put("AWS_PROFILE", "cw");
    assertThat(AwsProfile.find(Optional.empty(), env).property("region")).contains("second");
    assertThat(AwsProfile.find(Optional.of("default"), env).property("region")).contains("named");
  }

  @Test
  void theProfileOfTheOptionMustExist() throws Exception {
    write(".aws/config", "[default]\n");
    assertThatThrownBy(() -> AwsProfile.find(Optional.of("nope"), env))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("profile 'nope' (from --profile) does not exist")
        .hasMessageContaining(home.resolve(".aws/config").toString());
    env.put("AWS_PROFILE", "nope");
    assertThat(AwsProfile.find(Optional.empty(), env).exists()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://cwlota.com", "https://CWLOTA.com.", "https://bucket.cwlota.com:443/"})
  void lotaSpeaksPlainHttp(String url) {
    for (boolean dryRun : new boolean[] {false, true}) {
      assertThatThrownBy(() -> resolve(url, dryRun))
          .isInstanceOf(UsageException.class)
          .hasMessageContaining("plain HTTP only; use http://" + host(url));
    }
  }

  private static String host(String url) {
    return url.substring("https://".length()).replace("/", "").replace(":443", "");
  }

  @ParameterizedTest
  @CsvSource({
    "http://my_store:9000, my_store, 9000",
    "http://a_b.example_, a_b.example_, -1",
    "http://[::1]:9000, [::1], 9000",
    "https://host., host., -1",
  })
  void aHostMayHaveAnUnderscore(String url, String host, int port) throws Exception {
    Endpoint endpoint = resolve(url, false);
    assertThat(endpoint.host()).isEqualTo(host);
    assertThat(endpoint.port()).isEqualTo(port);
    assertThat(endpoint).hasToString(url);
  }

  @Test
  void aServicesSectionComesBeforeTheEndpointOfTheProfile() throws Exception {
    write(
        ".aws/config",
        """
        [default]
        endpoint_url = http://profile:1
        services = local
        [services local]
        dynamodb =
          endpoint_url = http://dynamo:3
        s3 =
          endpoint_url = http://services:2
        """);
    assertThat(resolve(null, false)).hasToString("http://services:2");
    assertThat(resolve(null, false).origin()).contains("[services local]", ".aws/config");
    env.put("AWS_ENDPOINT_URL", "http://general:4");
    assertThat(resolve(null, false)).hasToString("http://general:4");
    write(".aws/config", "[default]\nservices = other\n[services local]\n");
    assertThatThrownBy(() -> resolve(null, false))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("[services other], which does not exist")
        .hasMessageContaining(".aws/config");
  }

  @Test
  void configuredEndpointsCanBeIgnored() throws Exception {
    write(
        ".aws/config",
        "[default]\nendpoint_url = http://profile:1\nignore_configured_endpoint_urls = true\n");
    env.put("AWS_ENDPOINT_URL_S3", "http://special:3");
    assertThat(resolve(null, false)).hasToString("http://cwlota.com");
    assertThat(resolve("http://option:4", false)).hasToString("http://option:4");
    env.put("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "false");
    assertThat(resolve(null, false)).hasToString("http://special:3");
    env.put("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "TRUE");
    assertThat(resolve(null, false)).hasToString("http://cwlota.com");
  }

  @ParameterizedTest
  @CsvSource({"path, true", "PATH, true", "virtual, false", "auto, false"})
  void theProfileSaysWhereTheBucketGoes(String style, boolean path) throws Exception {
    write(".aws/config", "[default]\ns3 =\n    addressing_style = " + style + "\n");
    assertThat(resolve("http://store", false).pathStyle()).isEqualTo(path);
    assertThat(resolve("http://store", false).addressing().origin()).contains(".aws/config");
  }

  @Test
  void anUnknownAddressingStyleIsRefused() throws Exception {
    write(".aws/config", "[default]\ns3 =\n    addressing_style = both\n");
    assertThatThrownBy(() -> resolve("http://store", false))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(".aws/config")
        .hasMessageContaining("must be path, virtual or auto, not both");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://user:hidden@host",
        "http://user:hid/hidden@host",
        "http://user:hid@hidden@host",
        "http://user:hid?hidden@host",
        "http://user:hid#hidden@host",
        "http://user:hidden with spaces@host",
        "user:hidden@host",
        "http:user:hidden@host",
        "http://host/?token=hidden",
        "http://host/#access_token=hidden",
        "http://host:1/a?a=b&hidden=@",
        "https://user:hidden@cwlota.com",
      })
  void whatMayBeSecretInAUrlIsNotShown(String url) {
    assertThatThrownBy(() -> resolve(url, false))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("--endpoint-url")
        .hasMessageNotContaining("hidden");
  }
}
