package io.github.lotaprestage.records;

import io.github.lotaprestage.files.Destination;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.Outcome;
import io.github.lotaprestage.plan.RunFiles;
import io.github.lotaprestage.plan.target.S3Uri;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Writes the objects that are not in the cache, one `s3://` URI per line, for `--files-from`.
///
/// Keys that contain CR or LF go into a second file, `FILE.nul`, with NUL after each URI, for
/// `--files-from0`. Both files are replaced as a whole when the run ends, so that a run may read
/// the list that it writes. One process at a time: the name is locked, see [NameLock].
///
/// A device or pipe is written to directly and has no second file.
final class FailureList implements AutoCloseable {

  private final Destination file;
  private final @Nullable NameLock lock;
  private final @Nullable Replacement list;
  private final @Nullable OutputStream stream;
  private volatile @Nullable Replacement nulList;
  private @Nullable IOException failure;
  private boolean finished;

  private FailureList(
      Destination file,
      @Nullable NameLock lock,
      @Nullable Replacement list,
      @Nullable OutputStream stream) {
    this.file = file;
    this.lock = lock;
    this.list = list;
    this.stream = stream;
  }

  /// @param path the list
  /// @throws FileInUseException if another run writes the list
  /// @throws IOException if it cannot be written, or if it would replace a file that is not a list
  static FailureList open(Path path) throws IOException {
    Destination file = Destination.of(path);
    if (file.isStream()) {
      return new FailureList(file, null, null, new BufferedOutputStream(file.openStream()));
    }
    NameLock lock = NameLock.take(file.path());
    boolean opened = false;
    try {
      requireReplaceable(file.path());
      FailureList failures = new FailureList(file, lock, Replacement.of(file.path()), null);
      opened = true;
      return failures;
    } finally {
      if (!opened) {
        lock.close();
      }
    }
  }

  /// The file holds something that must not be lost.
  static final class OtherFileException extends IOException {
    OtherFileException(String message) {
      super(message);
    }
  }

  private static void requireReplaceable(Path file) throws IOException {
    if (Journal.isJournal(file)) {
      throw new OtherFileException("it is a journal, which would be lost");
    }
    Path nulFile = RunFiles.nulFile(file);
    Destination.of(nulFile); // fails if the name is too long
    if (Files.exists(nulFile)
        && !(Files.isRegularFile(nulFile) && Files.size(nulFile) == 0)
        && !PrivateFiles.beginsWith(nulFile, S3Uri.SCHEME)) {
      throw new OtherFileException(
          nulFile.getFileName() + ", which it would replace, is not a list of s3:// URIs");
    }
  }

  /// Records the outcome of an object.
  synchronized void add(Outcome outcome) {
    switch (outcome) {
      case Outcome.Failed failed -> add(failed.object());
      case Outcome.Skipped skipped -> {
        if (skipped.reason().isUnsent()) {
          add(skipped.object());
        }
      }
      case Outcome.Prestaged _, Outcome.Planned _ -> {}
    }
  }

  private void add(ObjectRef object) {
    if (failure != null || finished || object.bucket().isEmpty()) {
      return; // a line of a key list that names no object cannot be tried again
    }
    try {
      boolean severalLines = object.key().indexOf('\n') >= 0 || object.key().indexOf('\r') >= 0;
      byte[] entry = (object.uri() + (severalLines ? '\0' : '\n')).getBytes(StandardCharsets.UTF_8);
      if (stream != null) {
        if (severalLines && !file.isNullDevice()) {
          throw new IOException(
              "a key contains a line end, which only a regular file with its .nul file can hold");
        }
        stream.write(entry);
      } else if (severalLines) {
        write(nulList(), object, entry);
      } else if (list != null) {
        list.write(entry);
      }
    } catch (IOException e) {
      failure = e;
    }
  }

  private static void write(Replacement nulList, ObjectRef object, byte[] entry)
      throws IOException {
    if (object.key().indexOf('\0') >= 0) {
      throw new IOException("a key contains both NUL and a line end, which no list can hold");
    }
    nulList.write(entry);
  }

  private Replacement nulList() throws IOException {
    Replacement nuls = nulList;
    if (nuls == null) {
      nuls = Replacement.of(Destination.of(RunFiles.nulFile(file.path())).path());
      nulList = nuls;
    }
    return nuls;
  }

  /// Ends the list. If nothing failed, the first file is empty and the second does not exist. A
  /// second call has no effect, but fails if the first one did.
  ///
  /// @param replace whether the new list replaces the old one
  /// @throws IOException if an object is missing in the list
  synchronized void finish(boolean replace) throws IOException {
    if (!finished) {
      finished = true;
      try (Closeable _ = this::close) {
        if (failure == null && replace) {
          commit();
        }
      } catch (IOException e) {
        failure = failure == null ? e : failure;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private void commit() throws IOException {
    if (list == null) {
      return; // the stream has it already
    }
    requireReplaceable(file.path()); // another run may have started a journal there
    Replacement nuls = nulList;
    if (nuls == null) {
      Files.deleteIfExists(RunFiles.nulFile(file.path()));
    } else {
      nuls.commit();
    }
    list.commit();
  }

  /// What a message says about a list that could not be finished, after its name.
  String state() {
    return file.isStream() ? " is not complete" : " was not replaced by the list of this run";
  }

  /// Removes temporary files when the process is about to end. It does not wait for other threads,
  /// because one may be blocked in a write.
  void abandon() throws IOException {
    if (list != null) {
      list.abandon();
    }
    Replacement nuls = nulList;
    if (nuls != null) {
      nuls.abandon();
    }
    if (lock != null) {
      lock.abandon();
    }
  }

  /// Removes temporary files. A list that was not finished is discarded.
  @Override
  public synchronized void close() throws IOException {
    finished = true;
    try (NameLock _ = lock;
        Replacement _ = list;
        Replacement _ = nulList;
        OutputStream _ = stream) {
      // closes all of them, whatever happens to the first
    }
  }
}
