package io.github.lotaprestage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InvocationTest {

  private static final byte[] NOT_UTF8 = {'a', (byte) 0xFF};

  @TempDir private Path process;

  private void write(String file, Object... strings) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Object string : strings) {
      out.writeBytes(
          string instanceof byte[] bytes
              ? bytes
              : string.toString().getBytes(StandardCharsets.UTF_8));
      out.write(0);
    }
    Files.write(process.resolve(file), out.toByteArray());
  }

  private static String[] arguments(String... arguments) {
    return arguments;
  }

  @Test
  void whatArrivedWholeIsNotReadAgain() throws Exception {
    Invocation invocation =
        Invocation.read(arguments("-k", "ü😀"), Map.of("HOME", "/ü"), true, process);
    assertThat(invocation.arguments()).containsExactly("-k", "ü😀");
    assertThat(invocation.env()).containsEntry("HOME", "/ü");
  }

  @Test
  void argumentsOfAnotherLocaleAreReadAgain() throws Exception {
    write("cmdline", "java", "-cp", "ü.jar", "Main", "", "ü😀", "\uFFFD");
    assertThat(Invocation.read(arguments("", "??", "\uFFFD"), Map.of(), false, process).arguments())
        .containsExactly("", "ü😀", "\uFFFD");
    assertThat(Invocation.read(arguments("", "Ã¼", "ï¿½"), Map.of(), false, process).arguments())
        .containsExactly("", "ü😀", "\uFFFD");
  }

  @Test
  void aKeyMayHoldTheReplacementCharacter() throws Exception {
    write("cmdline", "java", "Main", "s3://b/\uFFFD");
    assertThat(Invocation.read(arguments("s3://b/\uFFFD"), Map.of(), true, process).arguments())
        .containsExactly("s3://b/\uFFFD");
  }

  @Test
  void anArgumentThatIsNotUtf8IsRefused() throws Exception {
    write("cmdline", "java", "Main", "-k", NOT_UTF8);
    assertThatThrownBy(
            () -> Invocation.read(arguments("-k", "a\u001b\uFFFD"), Map.of(), true, process))
        .isInstanceOf(Invocation.NotUtf8Exception.class)
        .hasMessage("argument 2 is not valid UTF-8: 'a\uFFFD\uFFFD'");
  }

  @Test
  void withoutProcWhatMayHaveBeenReplacedIsRefused() {
    assertThatThrownBy(() -> Invocation.read(arguments("a\uFFFD"), Map.of(), true, process))
        .isInstanceOf(Invocation.NotUtf8Exception.class);
    assertThatThrownBy(() -> Invocation.read(arguments("Ã¼"), Map.of(), false, process))
        .isInstanceOf(Invocation.NotUtf8Exception.class);
    assertThatThrownBy(
            () -> Invocation.read(arguments(), Map.of("AWS_PROFILE", "Ã¼"), false, process))
        .isInstanceOf(Invocation.NotUtf8Exception.class);
  }

  @Test
  void theEnvironmentIsReadAgainToo() throws Exception {
    write("environ", "PS1=x=y", "LOTA_PRESTAGE_KEY=ü=😀", "AWS_PROFILE=plain");
    Invocation invocation =
        Invocation.read(
            arguments(),
            Map.of("PS1", "x=y", "LOTA_PRESTAGE_KEY", "\uFFFD=?", "AWS_PROFILE", "plain"),
            false,
            process);
    assertThat(invocation.env())
        .containsEntry("LOTA_PRESTAGE_KEY", "ü=😀")
        .containsEntry("AWS_PROFILE", "plain")
        .containsEntry("PS1", "x=y");
  }

  @Test
  void onlyVariablesThatAreReadMustBeUtf8() throws Exception {
    Files.write(
        process.resolve("environ"), "OTHER=a\u00ff\0".getBytes(StandardCharsets.ISO_8859_1));
    Map<String, String> other = Map.of("OTHER", "a\uFFFD");
    assertThat(Invocation.read(arguments(), other, true, process).env()).isEqualTo(other);

    Files.write(
        process.resolve("environ"),
        "LOTA_PRESTAGE_KEY=a\u00ff\0".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() ->
            Invocation.read(arguments(), Map.of("LOTA_PRESTAGE_KEY", "a\uFFFD"), true, process))
        .isInstanceOf(Invocation.NotUtf8Exception.class)
        .hasMessage("the environment variable LOTA_PRESTAGE_KEY is not valid UTF-8");
  }
}
