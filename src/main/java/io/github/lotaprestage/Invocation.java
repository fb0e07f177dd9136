package io.github.lotaprestage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The arguments and the environment of this process. Both are UTF-8 whatever the locale is. Java
/// decodes them in the locale's encoding and replaces what it cannot decode, so where that may have
/// happened they are read again from the kernel.
///
/// @param arguments of the program
/// @param env the environment
record Invocation(List<String> arguments, Map<String, String> env) {

  /// An argument or a value that this program would use is not valid UTF-8.
  static final class NotUtf8Exception extends Exception {
    private static final long serialVersionUID = 1L;

    private NotUtf8Exception(String message) {
      super(message);
    }
  }

  private static final char REPLACEMENT = '\uFFFD';

  /// Of this process, whose `main` got these arguments.
  static Invocation of(String[] arguments) throws NotUtf8Exception {
    return read(
        arguments,
        System.getenv(),
        "UTF-8".equals(System.getProperty("sun.jnu.encoding")),
        Path.of("/proc/self"));
  }

  /// @param utf8 whether Java decoded them as UTF-8
  /// @param process the directory with the kernel's `cmdline` and `environ` of the process
  static Invocation read(String[] arguments, Map<String, String> env, boolean utf8, Path process)
      throws NotUtf8Exception {
    return new Invocation(
        arguments(List.of(arguments), utf8, process), environment(env, utf8, process));
  }

  private static List<String> arguments(List<String> decoded, boolean utf8, Path process)
      throws NotUtf8Exception {
    if (arrivedWhole(decoded, utf8)) {
      return decoded;
    }
    List<byte[]> all = strings(process.resolve("cmdline"));
    int before = all.size() - decoded.size(); // Java's own options and the main class
    List<String> arguments = new ArrayList<>();
    for (int i = 0; i < decoded.size(); i++) {
      String argument = before < 0 ? null : decode(all.get(before + i));
      if (argument == null) {
        throw new NotUtf8Exception(
            "argument " + (i + 1) + " is not valid UTF-8: '" + visible(decoded.get(i)) + "'");
      }
      arguments.add(argument);
    }
    return arguments;
  }

  private static Map<String, String> environment(
      Map<String, String> decoded, boolean utf8, Path process) throws NotUtf8Exception {
    if (arrivedWhole(decoded.values(), utf8)) {
      return decoded;
    }
    Map<String, String> env = new HashMap<>(decoded);
    Map<String, byte[]> raw = new HashMap<>();
    for (byte[] entry : strings(process.resolve("environ"))) {
      String text = new String(entry, StandardCharsets.ISO_8859_1); // a character a byte
      int equals = text.indexOf('=');
      if (equals > 0) {
        raw.putIfAbsent(
            text.substring(0, equals),
            text.substring(equals + 1).getBytes(StandardCharsets.ISO_8859_1));
      }
    }
    for (String name : decoded.keySet()) {
      byte[] bytes = raw.get(name);
      String value = bytes == null ? null : decode(bytes);
      if (value != null) {
        env.put(name, value);
      } else if (isRead(name) && !arrivedWhole(List.of(env.get(name)), utf8)) {
        throw new NotUtf8Exception("the environment variable " + name + " is not valid UTF-8");
      }
    }
    return env;
  }

  /// Other variables do not matter to this program.
  private static boolean isRead(String name) {
    return name.startsWith("LOTA_PRESTAGE_") || name.startsWith("AWS_") || name.equals("HOME");
  }

  private static boolean arrivedWhole(Iterable<String> texts, boolean utf8) {
    for (String text : texts) {
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (utf8 ? c == REPLACEMENT : c > '~') {
          return false;
        }
      }
    }
    return true;
  }

  /// Without control characters, which could do anything to a terminal.
  private static String visible(String text) {
    StringBuilder visible = new StringBuilder(text);
    for (int i = 0; i < text.length(); i++) {
      if (Character.isISOControl(text.charAt(i))) {
        visible.setCharAt(i, REPLACEMENT);
      }
    }
    return visible.toString();
  }

  private static @Nullable String decode(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  /// The strings of a file, each of which ends with a NUL; empty if the file does not exist.
  private static List<byte[]> strings(Path file) {
    byte[] content;
    try {
      content = Files.readAllBytes(file);
    } catch (IOException e) {
      return List.of(); // without /proc they cannot be read again, and are refused
    }
    List<byte[]> strings = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < content.length; i++) {
      if (content[i] == 0) {
        strings.add(Arrays.copyOfRange(content, start, i));
        start = i + 1;
      }
    }
    return strings;
  }
}
