package io.github.lotaprestage.files;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/// Where the bytes of an output file go once all symbolic links are followed, including a link to a
/// file that does not exist yet.
///
/// @param path absolute and without symbolic links, so that two names of one file are equal
/// @param isStream a device, a pipe or a descriptor such as `/dev/stdout`: it can be written to,
///   but it cannot be locked, read back or replaced
public record Destination(Path path, boolean isStream) {

  private static final Path PROC = Path.of("/proc");
  private static final Path NULL = Path.of("/dev/null");
  private static final int MAX_LINKS = 40;
  private static final int FILE_TYPE = 0170000;
  private static final int NAMED_PIPE = 0010000;

  /// @throws IOException if a directory on the way does not exist or cannot be searched, or if the
  ///   name is too long
  public static Destination of(Path file) throws IOException {
    Path at = file.toAbsolutePath();
    for (int links = 0; links < MAX_LINKS; links++) {
      Path parent = at.getParent();
      Path name = at.getFileName();
      if (parent == null || name == null) {
        throw new FileSystemException(at.toString(), null, "is a directory");
      }
      Path directory = parent.toRealPath();
      Path real = directory.resolve(name);
      if (directory.startsWith(PROC)) {
        return new Destination(real, true); // what /dev/stdout and /dev/fd/N link to
      }
      if (!Files.isSymbolicLink(real)) {
        return new Destination(real, isSpecial(real));
      }
      at = directory.resolve(Files.readSymbolicLink(real));
    }
    throw new FileSystemLoopException(file.toString());
  }

  /// @throws IOException also if the name is too long
  private static boolean isSpecial(Path path) throws IOException {
    try {
      return !Files.readAttributes(path, BasicFileAttributes.class).isRegularFile();
    } catch (NoSuchFileException _) {
      return false;
    }
  }

  /// Whether both names stand for one file, by their paths or as hard links.
  public boolean isSameAs(Destination other) throws IOException {
    return path.equals(other.path)
        || (Files.exists(path) && Files.exists(other.path) && Files.isSameFile(path, other.path));
  }

  public boolean isNullDevice() {
    return path.equals(NULL);
  }

  /// Opens a stream for writing. Standard output and standard error are shared rather than opened
  /// again, because a second descriptor of a regular file has a position of its own; closing the
  /// result leaves them open.
  public OutputStream openStream() throws IOException {
    if (isDescriptor(1)) {
      return shared(FileDescriptor.out);
    }
    return isDescriptor(2) ? shared(FileDescriptor.err) : new FileOutputStream(path.toFile(), true);
  }

  private static OutputStream shared(FileDescriptor descriptor) {
    return new FilterOutputStream(new FileOutputStream(descriptor)) {
      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
      }

      @Override
      public void close() {}
    };
  }

  private boolean isDescriptor(int number) throws IOException {
    return path.startsWith(PROC)
        && path.equals(Path.of("/proc/self/fd").toRealPath().resolve(String.valueOf(number)));
  }

  /// Whether a name leads to a FIFO, which may wait for the process at its other end.
  public static boolean isNamedPipe(Path file) {
    try {
      return ((int) Files.getAttribute(file, "unix:mode") & FILE_TYPE) == NAMED_PIPE;
    } catch (IOException | UnsupportedOperationException e) {
      return false; // it does not exist, or the system has no FIFOs
    }
  }

  /// Device and inode of what the path names, without following a link.
  public static Object identity(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .fileKey();
  }
}
