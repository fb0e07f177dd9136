package io.github.lotaprestage.journal;

import io.github.lotaprestage.engine.ObjectRef;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The objects that this run and earlier ones have staged: NDJSON, only ever appended to, one line
/// per object as soon as it is in the cache. A line is one write, so that `kill -9` loses at most
/// the last one; a torn last line is cut off when the journal is opened again.
///
/// Threads may use it together. One process at a time: the file is locked.
public final class Journal implements AutoCloseable {

  private static final String HEADER = "{\"type\":\"journal\",\"version\":1}";

  private final RandomAccessFile file;
  private final Remembered remembered = new Remembered();
  private @Nullable IOException failure;

  private Journal(RandomAccessFile file) {
    this.file = file;
  }

  /// Opens a journal, or starts one.
  ///
  /// @throws NotAJournalException if the file holds something else; it is left as it was
  /// @throws IOException if it cannot be read or written, or another run has it
  public static Journal open(Path path) throws IOException, NotAJournalException {
    RandomAccessFile file = PrivateFiles.open(path);
    boolean opened = false;
    try {
      Journal journal = new Journal(file);
      if (PrivateFiles.isDevice(path)) {
        journal.begin();
      } else {
        lock(file);
        journal.replay(path);
      }
      opened = true;
      return journal;
    } finally {
      if (!opened) {
        file.close();
      }
    }
  }

  private static void lock(RandomAccessFile file) throws IOException {
    try {
      if (file.getChannel().tryLock() == null) {
        throw new IOException("another run is writing it");
      }
    } catch (OverlappingFileLockException e) {
      throw new IOException("another run is writing it", e);
    }
  }

  private void replay(Path path) throws IOException, NotAJournalException {
    try (FileInputStream in = new FileInputStream(path.toFile())) {
      JournalLines lines = new JournalLines(in);
      byte[] first = lines.next();
      if (first == null && HEADER.startsWith(lines.torn())) {
        file.setLength(0);
        begin();
        return;
      }
      if (first == null || !new String(first, StandardCharsets.UTF_8).equals(HEADER)) {
        throw new NotAJournalException("it does not begin like a journal");
      }
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        long number = lines.number();
        JournalEntry entry =
            JournalEntry.parse(line)
                .orElseThrow(
                    () -> new NotAJournalException("line " + number + " is no entry of a journal"));
        remembered.put(entry.bucket(), entry.key(), entry.etag());
      }
      file.setLength(lines.whole());
      file.seek(lines.whole());
    }
  }

  private void begin() throws IOException {
    file.write((HEADER + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /// How many objects are known to be staged.
  public synchronized int size() {
    return remembered.size();
  }

  /// Whether some version of the object is in the journal.
  public synchronized boolean knows(ObjectRef object) {
    return remembered.knows(object.bucket(), object.key());
  }

  /// Whether this version of the object, by its ETag, is in the journal.
  public synchronized boolean holds(ObjectRef object) {
    String etag = object.etag();
    return etag != null && remembered.holds(object.bucket(), object.key(), etag);
  }

  /// Notes that an object is in the cache. Without an ETag its version is unknown, and there is
  /// nothing to note. When the file cannot be written, [#failure()] tells, and no more is noted.
  public synchronized void add(ObjectRef object) {
    String etag = object.etag();
    if (etag == null || failure != null) {
      return;
    }
    try {
      file.write(new JournalEntry(object.bucket(), object.key(), etag).line());
      remembered.put(object.bucket(), object.key(), etag);
    } catch (IOException e) {
      failure = e;
    }
  }

  /// Why the journal is not complete, or null.
  public synchronized @Nullable IOException failure() {
    return failure;
  }

  @Override
  public synchronized void close() throws IOException {
    file.close();
  }
}
