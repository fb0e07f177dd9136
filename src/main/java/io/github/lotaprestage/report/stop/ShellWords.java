package io.github.lotaprestage.report.stop;

import io.github.lotaprestage.report.format.Escapes;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/// Writes a command as it has to be typed into a shell.
final class ShellWords {

  private ShellWords() {}

  /// Bash and Zsh read the result back as these words. Other POSIX shells do too, unless a word
  /// contains control characters or direction marks.
  static String of(List<String> words) {
    return words.stream().map(ShellWords::quoted).collect(Collectors.joining(" "));
  }

  private static String quoted(String word) {
    if (isPlain(word)) {
      return word;
    }
    return word.codePoints().anyMatch(Escapes::hidden)
        ? escaped(word)
        : "'" + word.replace("'", "'\\''") + "'";
  }

  /// Zsh expands a word that begins with an equals sign, and every shell one that begins with `~`.
  private static boolean isPlain(String word) {
    return !word.isEmpty()
        && word.charAt(0) != '='
        && word.chars()
            .allMatch(c ->
                (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || "@%+=:,./_-".indexOf(c) >= 0);
  }

  /// `$'...'` shows characters that a terminal would act on.
  private static String escaped(String word) {
    StringBuilder text = new StringBuilder("$'");
    word.codePoints()
        .forEach(point -> {
          switch (point) {
            case '\'', '\\' -> text.append('\\').append((char) point);
            case '\n' -> text.append("\\n");
            case '\t' -> text.append("\\t");
            case '\r' -> text.append("\\r");
            default -> {
              if (Escapes.hidden(point)) {
                text.append("\\u").append(HexFormat.of().toHexDigits((char) point));
              } else {
                text.appendCodePoint(point);
              }
            }
          }
        });
    return text.append('\'').toString();
  }
}
