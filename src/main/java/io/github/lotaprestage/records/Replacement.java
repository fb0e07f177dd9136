package io.github.lotaprestage.records;

import io.github.lotaprestage.files.FileReason;
import io.github.lotaprestage.files.HiddenFile;
import io.github.lotaprestage.files.OwnerAndMode;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.ThreadLocalRandom;

/// Content that replaces a file as a whole, or not at all. Until then it is in a temporary file of
/// the same directory, `.NAME.lota-prestage.RANDOM.tmp`, which remains only after `kill -9`, and
/// after [#overwrite] has failed.
final class Replacement implements AutoCloseable {

  private final Path target;
  private final Path temporary;
  private final FileOutputStream file;
  private final OutputStream out;
  private boolean kept;

  private Replacement(Path target, Path temporary, FileOutputStream file) {
    this.target = target;
    this.temporary = temporary;
    this.file = file;
    this.out = new BufferedOutputStream(file);
  }

  /// @param target without symbolic links, see [Destination]; it need not exist
  static Replacement of(Path target) throws IOException {
    while (true) {
      String random = Long.toHexString(ThreadLocalRandom.current().nextLong());
      Path temporary = HiddenFile.beside(target, "." + random + ".tmp");
      try {
        PrivateFiles.create(temporary);
      } catch (FileAlreadyExistsException _) {
        continue; // belongs to another process
      }
      try {
        // Not a channel: interrupting one thread would close it for all.
        return new Replacement(target, temporary, new FileOutputStream(temporary.toFile()));
      } catch (IOException e) {
        Files.delete(temporary);
        throw e;
      }
    }
  }

  void write(byte[] entry) throws IOException {
    out.write(entry);
  }

  /// Replaces the target. Its mode is kept, and its owner and group where this user may set them.
  ///
  /// Where it cannot be renamed over, for example because it is a mount point of its own, its
  /// content is overwritten.
  void commit() throws IOException {
    out.close();
    if (Files.exists(target)) {
      OwnerAndMode.copy(target, temporary);
    }
    try {
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      if (!Files.isRegularFile(target) || !Files.isWritable(target)) {
        throw e;
      }
      overwrite(target);
    }
  }

  /// Writes the content into a file in place. If that fails in the middle, the temporary file
  /// stays, because nothing else has the whole content.
  void overwrite(Path file) throws IOException {
    out.close();
    // The copy is opened first: without it, nothing may be truncated.
    try (InputStream content = Files.newInputStream(temporary);
        OutputStream old = new FileOutputStream(file.toFile())) {
      copy(content, old);
    }
  }

  private void copy(InputStream content, OutputStream old) throws IOException {
    try {
      content.transferTo(old);
    } catch (IOException e) {
      kept = true;
      throw new IOException(
          FileReason.of(e) + ", in the middle; the whole list is in " + temporary, e);
    }
  }

  /// Removes the temporary file while other threads may still write to it.
  void abandon() throws IOException {
    Files.deleteIfExists(temporary);
  }

  /// Removes the temporary file, unless it has replaced the target or is the only copy. What is
  /// still buffered is dropped with it.
  @Override
  public void close() throws IOException {
    try (file) {
      if (!kept) {
        Files.deleteIfExists(temporary);
      }
    }
  }
}
