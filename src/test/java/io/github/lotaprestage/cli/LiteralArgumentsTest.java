package io.github.lotaprestage.cli;

import io.github.lotaprestage.fixture.Cli;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Arguments mean what they say, whatever files there are.
class LiteralArgumentsTest {

  @Test
  void anArgumentIsNotReplacedByAFile(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("options"), "--help");
    Cli.bare().run("@" + file).exits(2).errContains("@" + file);
  }

  @Test
  void aKeyMayHoldTheReplacementCharacter() {
    Cli.at("http://127.0.0.1:1")
        .run("-b bucket -k a\uFFFD -k", "")
        .err(err -> err.doesNotContain("UTF-8"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--key=-o", "-k=-notes", "-k-n", "--key=--help", "-qk=-v", "--key -data"})
  void aKeyMayLookLikeAnOption(String key) {
    Cli.at("http://127.0.0.1:1")
        .run("-b bucket --max-attempts 1 -ojson " + key)
        .exits(3)
        .out(out -> out.contains("\"key\":\"" + key.replaceFirst("^(--key|-q?k)[= ]?", "") + "\""));
  }

  @Test
  void aVariableMayHoldWhatLooksLikeAnOption() {
    Cli.at("http://127.0.0.1:1")
        .env("LOTA_PRESTAGE_EXCLUDE", "-q")
        .run("-b bucket -k a --max-attempts 1")
        .exits(3);
  }
}
