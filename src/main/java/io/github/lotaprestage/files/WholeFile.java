package io.github.lotaprestage.files;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;

/// A small file that others read while the program runs. It is replaced in one step, so that no
/// reader sees half of it.
///
/// A device, a pipe, a mount point of its own, and a file whose directory does not allow it cannot
/// be replaced. They are written in place. A new file has the mode that the umask gives; an
/// existing one keeps its mode and, where possible, its owner.
public final class WholeFile {

  private WholeFile() {}

  /// Checks that [#write] can be expected to work, without changing the file.
  ///
  /// @throws IOException if it cannot be written
  public static void requireWritable(Path path) throws IOException {
    Destination destination = Destination.of(path);
    Path file = destination.path();
    if (!Files.exists(file)) {
      Files.delete(createBeside(file));
      return;
    }
    if (!Files.isWritable(file)) {
      throw new AccessDeniedException(file.toString());
    }
    if (destination.isStream()
        && !Destination.isNamedPipe(file)) { // a pipe would wait for its reader
      destination.openStream().close();
    }
  }

  /// Writes the file.
  public static void write(Path path, byte[] content) throws IOException {
    Destination destination = Destination.of(path);
    if (destination.isStream()) {
      try (OutputStream stream = destination.openStream()) {
        stream.write(content);
      }
    } else if (!replace(destination.path(), content)) {
      overwrite(destination.path(), content);
    }
  }

  /// Writes an existing or new file without replacing it.
  public static void writeInPlace(Path path, byte[] content) throws IOException {
    Destination destination = Destination.of(path);
    if (destination.isStream()) {
      write(path, content);
    } else {
      overwrite(destination.path(), content);
    }
  }

  private static void overwrite(Path file, byte[] content) throws IOException {
    try (OutputStream out = new FileOutputStream(file.toFile())) {
      out.write(content);
    }
  }

  /// @return false if the file can only be written in place
  private static boolean replace(Path file, byte[] content) throws IOException {
    boolean exists = Files.isRegularFile(file);
    Path temporary;
    try {
      temporary = createBeside(file);
    } catch (FileSystemException e) {
      if (exists) {
        return false;
      }
      throw e;
    }
    try {
      Files.write(temporary, content);
      if (exists) {
        OwnerAndMode.copy(file, temporary);
      }
      return move(temporary, file);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static boolean move(Path temporary, Path file) throws IOException {
    try {
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
      return true;
    } catch (FileSystemException e) {
      if (!Files.isRegularFile(file)) {
        throw e;
      }
      return false;
    }
  }

  private static Path createBeside(Path file) throws IOException {
    while (true) {
      String random = Long.toHexString(ThreadLocalRandom.current().nextLong());
      Path temporary = HiddenFile.beside(file, "." + random + ".tmp");
      try {
        Files.newOutputStream(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)
            .close();
        return temporary;
      } catch (FileAlreadyExistsException _) {
        // belongs to another process
      }
    }
  }
}
