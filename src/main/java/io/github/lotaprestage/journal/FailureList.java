package io.github.lotaprestage.journal;

import io.github.lotaprestage.engine.ObjectRef;
import io.github.lotaprestage.engine.Outcome;
import java.io.BufferedWriter;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.RandomAccessFile;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/// Writes down what is not in the cache, one `s3://` URI a line, to be given to `--files-from`.
///
/// A key with a line end goes into a second file, `FILE.nul`, with NUL between the URIs, for
/// `--files-from0`. Both appear under their names when the run ends, so that the list that a run
/// reads may be the one it writes.
final class FailureList implements AutoCloseable {

  private final Path file;
  private final Path nulFile;
  private @Nullable Writer lines;
  private @Nullable Writer nuls;
  private @Nullable IOException failure;

  /// @param file where the list shall be; a device is written to directly
  /// @throws IOException if it cannot be written
  FailureList(Path file) throws IOException {
    this.file = file;
    this.nulFile = file.resolveSibling(file.getFileName() + ".nul");
    this.lines = create(file);
  }

  /// Takes what came of an object.
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
    if (failure != null || object.bucket().isEmpty()) {
      return; // a line of a key list that is no object cannot be tried again
    }
    try {
      if (object.key().indexOf('\n') < 0) {
        lines = write(lines, file, object.uri() + "\n");
      } else {
        nuls = write(nuls, nulFile, object.uri() + "\0");
      }
    } catch (IOException e) {
      failure = e;
    }
  }

  private static Writer write(@Nullable Writer writer, Path file, String entry) throws IOException {
    Writer open = writer == null ? create(file) : writer;
    open.write(entry);
    return open;
  }

  private static Writer create(Path file) throws IOException {
    boolean device = PrivateFiles.isDevice(file);
    RandomAccessFile target = PrivateFiles.open(device ? file : partial(file));
    if (!device) {
      target.setLength(0);
    }
    return new BufferedWriter(
        new OutputStreamWriter(new FileOutputStream(target.getFD()), StandardCharsets.UTF_8));
  }

  private static Path partial(Path file) {
    return file.resolveSibling(file.getFileName() + ".partial");
  }

  /// Puts the lists in their places; where nothing failed the first is empty and the second is not
  /// there.
  ///
  /// @throws IOException if something is missing in them
  synchronized void finish() throws IOException {
    close();
    if (failure != null) {
      throw failure;
    }
    if (!PrivateFiles.isDevice(file)) {
      Files.move(partial(file), file, StandardCopyOption.REPLACE_EXISTING);
      if (nuls == null) {
        Files.deleteIfExists(nulFile);
      } else {
        Files.move(partial(nulFile), nulFile, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  @Override
  public synchronized void close() throws IOException {
    try (Writer _ = lines;
        Writer _ = nuls) {
      // flushes and closes both, whatever happens to the first
    }
  }
}
