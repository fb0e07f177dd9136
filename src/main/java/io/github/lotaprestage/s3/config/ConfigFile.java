package io.github.lotaprestage.s3.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// One file of the AWS configuration. Profiles may be written `[NAME]` or `[profile NAME]` in every
/// file: the vendor's scripts write `[cw]` into `cw.config`.
///
/// Messages never quote the content, because it contains keys.
///
/// Source: the AWS SDKs and Tools reference, "Shared config and credentials files".
///
/// @param sections maps a section name to its properties. The word `profile` is dropped from names;
///   other kinds of section keep theirs (`services x`). Property names are in lower case; a nested
///   property is written `s3.addressing_style`.
public record ConfigFile(Path path, Map<String, Map<String, String>> sections) {

  private static final int MAX_BYTES = 1 << 20;
  private static final String PROFILE = "profile ";
  private static final char NOT_UTF_8 = '\uFFFD';

  /// @throws ConfigurationException if the file cannot be read or is not valid
  static ConfigFile read(Path path) throws ConfigurationException {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] content = in.readNBytes(MAX_BYTES + 1);
      if (content.length > MAX_BYTES) {
        throw new ConfigurationException(path + " is too large for a configuration file");
      }
      return parse(path, new String(content, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new ConfigurationException(
          Files.isDirectory(path)
              ? path + " is a directory, not a configuration file"
              : "cannot read " + path + ": " + reason(e));
    }
  }

  private static String reason(IOException e) {
    return e instanceof AccessDeniedException
        ? "permission denied"
        : String.valueOf(e.getMessage());
  }

  public Optional<String> property(String section, String name) {
    return Optional.ofNullable(sections.getOrDefault(section, Map.of()).get(name));
  }

  static ConfigFile parse(Path path, String content) throws ConfigurationException {
    return new Parser(path).parse(content);
  }

  private static final class Parser {
    private final Path path;
    private final Map<String, Map<String, String>> sections = new HashMap<>();
    private Map<String, String> section = Map.of();
    private String outer = "";
    private int outerIndent;
    private int line;

    Parser(Path path) {
      this.path = path;
    }

    ConfigFile parse(String content) throws ConfigurationException {
      String text = content.startsWith("\uFEFF") ? content.substring(1) : content;
      for (String each : text.split("\r\n|\r|\n", -1)) {
        line++;
        String trimmed = each.strip();
        if (trimmed.isEmpty() || trimmed.charAt(0) == '#' || trimmed.charAt(0) == ';') {
          continue;
        }
        if (trimmed.indexOf(NOT_UTF_8) >= 0 || trimmed.indexOf('\0') >= 0) {
          throw broken("is not UTF-8 text");
        }
        int indent = each.indexOf(trimmed);
        boolean nested = !outer.isEmpty() && indent > outerIndent;
        if (trimmed.charAt(0) == '[' && !nested) {
          begin(trimmed);
        } else {
          property(trimmed, nested, indent);
        }
      }
      return new ConfigFile(path, sections);
    }

    private void begin(String header) throws ConfigurationException {
      int end = header.indexOf(']');
      if (end < 0) {
        throw broken("begins a section, but has no ']'");
      }
      List<String> words = List.of(header.substring(1, end).strip().split("\\s+"));
      String name = String.join(" ", words);
      if (name.isEmpty() || name.equals(PROFILE.strip())) {
        throw broken("begins a section without a name");
      }
      section =
          sections.computeIfAbsent(
              name.startsWith(PROFILE) ? name.substring(PROFILE.length()) : name,
              _ -> new HashMap<>());
      outer = "";
    }

    private void property(String text, boolean nested, int indent) throws ConfigurationException {
      if (sections.isEmpty()) {
        throw broken("stands before the first [section]");
      }
      int equals = text.indexOf('=');
      if (equals <= 0) {
        if (nested) {
          return; // a value over several lines, which no property read here has
        }
        throw broken("is neither a [section] nor NAME = VALUE");
      }
      String name = text.substring(0, equals).strip().toLowerCase(Locale.ROOT);
      String value = withoutComment(text.substring(equals + 1));
      if (nested) {
        section.put(outer + "." + name, value);
      } else {
        section.put(name, value);
        outer = name;
        outerIndent = indent;
      }
    }

    /// Removes a comment at the end of a line. It begins with white space and `#` or `;`.
    private static String withoutComment(String value) {
      for (int i = 1; i < value.length(); i++) {
        char c = value.charAt(i);
        if ((c == '#' || c == ';') && Character.isWhitespace(value.charAt(i - 1))) {
          return value.substring(0, i).strip();
        }
      }
      return value.strip();
    }

    private ConfigurationException broken(String problem) {
      return new ConfigurationException(path + ": line " + line + " " + problem);
    }
  }
}
