package io.github.lotaprestage.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.util.Objects;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainSwitchesTest {

  /// What is rewritten.
  public static final class Switches implements Function<Object, String> {
    @Override
    public String apply(Object value) {
      return switch (value) {
        case null -> "null";
        case String text when text.isEmpty() -> "empty";
        case String text -> "text " + text;
        case Integer number when number > 5 -> "much";
        case Number _ -> "number";
        default -> "other";
      };
    }
  }

  private static byte[] content() throws Exception {
    try (InputStream in = Switches.class.getResourceAsStream("PlainSwitchesTest$Switches.class")) {
      return Objects.requireNonNull(in).readAllBytes();
    }
  }

  @SuppressWarnings("unchecked")
  private static Function<Object, String> rewritten() throws Exception {
    byte[] content = PlainSwitches.rewritten(content());
    ClassLoader loader =
        new ClassLoader(PlainSwitchesTest.class.getClassLoader()) {
          @Override
          protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            return name.equals(Switches.class.getName())
                ? defineClass(name, content, 0, content.length)
                : super.loadClass(name, resolve);
          }
        };
    return (Function<Object, String>)
        loader.loadClass(Switches.class.getName()).getConstructor().newInstance();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "1", "7", "1.5", "null", "true"})
  void branchesAreTheSame(String text) throws Exception {
    Object value =
        switch (text) {
          case "null" -> null;
          case "true" -> true;
          case "1.5" -> 1.5;
          case "1", "7" -> Integer.valueOf(text);
          default -> text;
        };
    assertThat(rewritten().apply(value)).isEqualTo(new Switches().apply(value));
  }

  @Test
  void nothingIsLeftToGenerate() throws Exception {
    assertThat(new String(content(), java.nio.charset.StandardCharsets.ISO_8859_1))
        .contains("typeSwitch");
    assertThat(rewritten().getClass().getDeclaredMethods())
        .extracting(java.lang.reflect.Method::getName)
        .contains("choice$0");
  }
}
