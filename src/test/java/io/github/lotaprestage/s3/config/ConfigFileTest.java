package io.github.lotaprestage.s3.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Configuration files as people and other programs write them.
class ConfigFileTest {

  private static final Path PATH = Path.of("/etc/cw.config");

  @TempDir private Path directory;

  private static ConfigFile parse(String content) throws ConfigurationException {
    return ConfigFile.parse(PATH, content);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[cw]\nregion = x\n",
        "[profile cw]\nregion=x",
        "\uFEFF[cw]\r\nregion = x\r\n",
        "# comment\n; comment\n\n[ profile   cw ] ; comment\nREGION = x # comment\n",
        "   [cw]\n   region = x\n   other = y\n",
        "[cw]\nregion = old\n[cw]\nregion = x\n",
      })
  void theSameInManyForms(String content) throws Exception {
    assertThat(parse(content).property("cw", "region")).contains("x");
  }

  @Test
  void whatIsNestedBelongsToItsProperty() throws Exception {
    ConfigFile file =
        parse(
            """
            [cw]
            s3 =
              addressing_style = path
              # comment
              max_concurrent_requests=20
            region = x
            text =
              of several
              lines
            [services s]
            s3 =
            \tendpoint_url = http://h
            """);
    assertThat(file.property("cw", "s3.addressing_style")).contains("path");
    assertThat(file.property("cw", "region")).contains("x");
    assertThat(file.property("services s", "s3.endpoint_url")).contains("http://h");
    assertThat(file.property("cw", "endpoint_url")).isEmpty();
  }

  @Test
  void aCommentWithinALineNeedsWhiteSpaceBeforeIt() throws Exception {
    assertThat(
            parse("[p]\naws_secret_access_key = a#b;c/d=\n").property("p", "aws_secret_access_key"))
        .contains("a#b;c/d=");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "secret\n",
        "a = secret\n",
        "[cw\na = secret\n",
        "[]\na = secret\n",
        "[profile]\na = secret\n",
        "[cw]\nsecret\n",
        "[cw]\n= secret\n",
        "[cw]\na = secret\0\n",
        "[cw]\na = secret\uFFFD\n",
      })
  void whatCannotBeReadNamesFileAndLineOnly(String content) {
    assertThatThrownBy(() -> parse(content))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith(PATH + ": line ")
        .hasMessageNotContaining("secret");
  }

  @Test
  void aCommentMayHaveAnyBytes() throws Exception {
    Path file = directory.resolve("config");
    Files.write(file, "# José\n[cw]\nregion = x\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(ConfigFile.read(file).property("cw", "region")).contains("x");
  }

  @Test
  void aDirectoryIsNotAFile() {
    assertThatThrownBy(() -> ConfigFile.read(directory))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(directory + " is a directory, not a configuration file");
  }

  /// Files below the current directory must not be taken for those of the home directory.
  @ParameterizedTest
  @ValueSource(strings = {".", "relative", "../up"})
  void aRelativeHomeIsNoHome(String home) throws Exception {
    Map<String, String> env = new HashMap<>(Map.of("HOME", home));
    AwsProfile profile = AwsProfile.find(Optional.empty(), env);
    assertThat(profile.files()).isEmpty();
    assertThat(profile.missing()).isEmpty();
    env.put("AWS_CONFIG_FILE", "~/config");
    assertThatThrownBy(() -> AwsProfile.find(Optional.empty(), env))
        .hasMessageContaining("AWS_CONFIG_FILE is ~/config, but there is no home directory");
  }
}
