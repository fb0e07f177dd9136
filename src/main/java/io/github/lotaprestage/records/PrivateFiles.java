package io.github.lotaprestage.records;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// Files that only their owner may read, because key names can be confidential.
final class PrivateFiles {

  private PrivateFiles() {}

  /// Creates an empty file with mode 0600. A symbolic link is not followed.
  ///
  /// @throws FileAlreadyExistsException if there is anything at that path
  static void create(Path path) throws IOException {
    Files.createFile(
        path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  static void createIfMissing(Path path) throws IOException {
    if (Files.notExists(path)) {
      try {
        create(path);
      } catch (FileAlreadyExistsException _) {
        // Another process was faster. The caller opens that file.
      }
    }
  }

  /// Whether a file begins with this ASCII text; false if there is no such file.
  static boolean beginsWith(Path file, String text) throws IOException {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(text.length()), StandardCharsets.US_ASCII).equals(text);
    }
  }
}
