package io.github.lotaprestage.report.live;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A terminal as far as this program uses one: text, line ends, moving up, erasing to the end of
/// the screen. A terminal adds a carriage return to each line end that is written.
final class Screen extends OutputStream {

  private static final Pattern PART =
      Pattern.compile("\u001b\\[(\\??)([\\d;]*)([a-zA-Z])|\r|\n|[^\u001b\r\n]+", Pattern.DOTALL);

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  @Override
  public synchronized void write(int b) {
    written.write(b);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) {
    written.write(bytes, offset, length);
  }

  synchronized String written() {
    return written.toString(StandardCharsets.UTF_8);
  }

  /// What a person sees now, without empty lines at the end.
  String shown() {
    return shown(written());
  }

  static String shown(String written) {
    List<StringBuilder> lines = new ArrayList<>(List.of(new StringBuilder()));
    int row = 0;
    int column = 0;
    Matcher part = PART.matcher(written);
    while (part.find()) {
      String text = part.group();
      if (text.equals("\r")) {
        column = 0;
      } else if (text.equals("\n")) {
        row++;
        column = 0;
        if (row == lines.size()) {
          lines.add(new StringBuilder());
        }
      } else if (text.startsWith("\u001b")) {
        if (text.endsWith("J")) {
          lines.subList(row + 1, lines.size()).clear();
          lines.get(row).setLength(Math.min(column, lines.get(row).length()));
        } else if (text.endsWith("A")) {
          row -= Integer.parseInt(part.group(2));
        }
      } else {
        StringBuilder line = lines.get(row);
        line.replace(column, Math.min(line.length(), column + text.length()), text);
        column += text.length();
      }
    }
    return lines.stream().map(Object::toString).collect(Collectors.joining("\n")).stripTrailing();
  }
}
