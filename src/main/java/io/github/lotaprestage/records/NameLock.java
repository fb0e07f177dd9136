package io.github.lotaprestage.records;

import io.github.lotaprestage.files.HiddenFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/// Reserves the name of a file for one process, where the file itself is replaced rather than
/// written: locks an empty file beside it, `.NAME.lota-prestage.lock`, and removes that at the end.
///
/// The file itself cannot carry the lock. A run may read the list that it replaces, and closing it
/// after reading would drop the lock, see [LockedFile].
final class NameLock implements AutoCloseable {

  private final Path path;
  private final OutputStream lock;

  /// Whether the file was removed. Then a file of that name is another run's.
  private final AtomicBoolean removed = new AtomicBoolean();

  private NameLock(Path path, OutputStream lock) {
    this.path = path;
    this.lock = lock;
  }

  /// @throws FileInUseException if another run has reserved the name
  static NameLock take(Path file) throws IOException {
    Path path = HiddenFile.beside(file, ".lock");
    return new NameLock(path, LockedFile.open(path));
  }

  /// Removes the file; the lock ends with the process.
  void abandon() throws IOException {
    if (!removed.getAndSet(true)) {
      Files.deleteIfExists(path);
    }
  }

  /// Removes the file before the lock ends, so that no other run can lock it in between.
  @Override
  public void close() throws IOException {
    try (lock) {
      abandon();
    }
  }
}
