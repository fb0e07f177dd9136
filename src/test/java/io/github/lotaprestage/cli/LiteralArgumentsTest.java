package io.github.lotaprestage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Cli;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Arguments mean what they say, whatever files there are.
class LiteralArgumentsTest {

  @Test
  void anArgumentIsNotReplacedByAFile(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("options"), "--help");
    Cli.Result result = Cli.bare().run("@" + file);
    assertThat(result.code()).isEqualTo(2);
    assertThat(result.err()).contains("@" + file);
  }

  @Test
  void aKeyMayHoldTheReplacementCharacter() {
    Cli.Result result = Cli.at("http://127.0.0.1:1").run("-b", "bucket", "-k", "a\uFFFD", "-k", "");
    assertThat(result.err()).doesNotContain("UTF-8");
  }
}
