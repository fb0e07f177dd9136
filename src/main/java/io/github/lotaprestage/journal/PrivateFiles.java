package io.github.lotaprestage.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// Files that only their owner may read: key names can be secrets of their own.
final class PrivateFiles {

  private PrivateFiles() {}

  /// Opens a file for reading and writing; a new one gets the mode 0600.
  ///
  /// Not as a channel, which an interrupt would close under the hands of all other threads.
  static RandomAccessFile open(Path path) throws IOException {
    if (Files.notExists(path)) {
      try {
        Files.createFile(
            path,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      } catch (FileAlreadyExistsException e) {
        return open(path); // somebody was faster
      }
    }
    return new RandomAccessFile(path.toFile(), "rw");
  }

  /// A device, such as `/dev/full` or a pipe, can be written to and not read back or replaced.
  static boolean isDevice(Path path) {
    return Files.exists(path) && !Files.isRegularFile(path);
  }

  /// Why a file cannot be used, without its name, which the JDK puts first.
  static String reason(IOException e, Path path) {
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    String withoutName =
        message.startsWith(path.toString()) ? message.substring(path.toString().length()) : message;
    String bare = withoutName.strip().replaceFirst("^\\((.*)\\)$", "$1").replaceFirst("^: ", "");
    return switch (e) {
      case java.nio.file.AccessDeniedException _ -> "permission denied";
      case java.nio.file.NoSuchFileException _ -> "no such directory";
      default -> bare.isEmpty() ? e.getClass().getSimpleName() : bare;
    };
  }
}
