package io.github.lotaprestage.records;

import io.github.lotaprestage.files.Destination;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Opens files for one process at a time.
///
/// The locks are POSIX record locks, which also work between the machines of an NFS share. The
/// kernel drops such a lock as soon as its process closes *any* descriptor of the file. Therefore
/// nothing in this process may open a locked file a second time and close it before the lock ends.
final class LockedFile {

  private LockedFile() {}

  /// Opens a file for appending, creates it with mode 0600 if it does not exist, and locks it. The
  /// lock ends when the stream is closed.
  ///
  /// @param path without symbolic links, see [Destination]
  /// @throws FileInUseException if the file is locked already
  static FileOutputStream open(Path path) throws IOException {
    while (true) {
      PrivateFiles.createIfMissing(path);
      if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
        throw new IOException("is not a regular file");
      }
      FileOutputStream file = tryOpen(path);
      if (file != null) {
        return file;
      }
    }
  }

  /// Null if the path was removed or replaced in the meantime: the lock would then protect a file
  /// that other runs do not see.
  private static @Nullable FileOutputStream tryOpen(Path path) throws IOException {
    boolean locked = false;
    FileOutputStream file = null;
    try {
      Object before = Destination.identity(path);
      file = new FileOutputStream(path.toFile(), true);
      lock(file.getChannel());
      locked = before.equals(Destination.identity(path));
    } catch (NoSuchFileException e) {
      return null;
    } finally {
      if (!locked && file != null) {
        file.close();
      }
    }
    return locked ? file : null;
  }

  private static void lock(FileChannel channel) throws IOException {
    try {
      if (channel.tryLock() == null) {
        throw new FileInUseException();
      }
    } catch (OverlappingFileLockException e) {
      throw (IOException) new FileInUseException().initCause(e);
    }
  }
}
