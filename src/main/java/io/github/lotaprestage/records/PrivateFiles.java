package io.github.lotaprestage.records;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// Files that only their owner may read, because key names can be confidential.
final class PrivateFiles {

  /// Bytes. File systems allow 255, of which our own prefix and ending need some.
  private static final int LONG_NAME = 200;

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

  /// A hidden file of our own in the same directory as a file, such as `.NAME.lota-prestage.lock`.
  /// A name that would be too long is replaced by its hash.
  static Path beside(Path file, String ending) {
    String name = String.valueOf(file.getFileName());
    boolean isLong = name.getBytes(StandardCharsets.UTF_8).length > LONG_NAME;
    String label = isLong ? Integer.toHexString(name.hashCode()) : name;
    return file.resolveSibling("." + label + ".lota-prestage" + ending);
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

  /// Why a file cannot be used, without its name.
  static String reason(IOException e) {
    return switch (e) {
      case AccessDeniedException _ -> "permission denied";
      case NoSuchFileException _ -> "no such directory";
      case FileSystemLoopException _ -> "too many levels of symbolic links";
      case FileSystemException failed when failed.getReason() != null -> failed.getReason();
      case FileNotFoundException failed -> inParentheses(String.valueOf(failed.getMessage()));
      default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    };
  }

  /// `/a/b (Permission denied)` is what the JDK says.
  private static String inParentheses(String message) {
    int open = message.lastIndexOf(" (");
    return open < 0 || !message.endsWith(")")
        ? message
        : message.substring(open + 2, message.length() - 1);
  }
}
