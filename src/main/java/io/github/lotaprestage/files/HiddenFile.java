package io.github.lotaprestage.files;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// Names of the program's own files beside a file of the user.
public final class HiddenFile {

  /// Bytes. File systems allow 255, of which our own prefix and ending need some.
  private static final int LONG_NAME = 200;

  private HiddenFile() {}

  /// A hidden file in the same directory as a file, such as `.NAME.lota-prestage.lock`. A name that
  /// would be too long is replaced by its hash.
  public static Path beside(Path file, String ending) {
    String name = String.valueOf(file.getFileName());
    boolean isLong = name.getBytes(StandardCharsets.UTF_8).length > LONG_NAME;
    String label = isLong ? Integer.toHexString(name.hashCode()) : name;
    return file.resolveSibling("." + label + ".lota-prestage" + ending);
  }
}
