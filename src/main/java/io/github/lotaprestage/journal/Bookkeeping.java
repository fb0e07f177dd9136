package io.github.lotaprestage.journal;

import io.github.lotaprestage.engine.Outcome;
import io.github.lotaprestage.engine.Prestager;
import io.github.lotaprestage.engine.Probe;
import io.github.lotaprestage.engine.RequestError;
import io.github.lotaprestage.engine.SourceException;
import io.github.lotaprestage.plan.RunFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The files of a run, where any were asked for: its journal and its list of failures.
public final class Bookkeeping implements AutoCloseable {

  private final RunFiles files;
  private final @Nullable Journal journal;
  private final @Nullable FailureList failures;

  private Bookkeeping(RunFiles files, @Nullable Journal journal, @Nullable FailureList failures) {
    this.files = files;
    this.journal = journal;
    this.failures = failures;
  }

  /// A file cannot be used as asked.
  public static final class UnusableFileException extends Exception {
    private final RequestError error;

    UnusableFileException(RequestError error, IOException cause) {
      super(error.message(), cause);
      this.error = error;
    }

    public RequestError error() {
      return error;
    }
  }

  /// Opens or creates what was asked for. A dry run reads a journal and starts none.
  ///
  /// @throws NotAJournalException if the journal is something else
  /// @throws UnusableFileException if a file cannot be opened
  public static Bookkeeping open(RunFiles files, boolean dryRun)
      throws NotAJournalException, UnusableFileException, IOException {
    Journal journal = null;
    boolean opened = false;
    try {
      if (files.journal().isPresent()) {
        journal = journal(files.journal().get(), dryRun);
      }
      FailureList failures = null;
      if (files.failedTo().isPresent()) {
        failures = failures(files.failedTo().get());
      }
      opened = true;
      return new Bookkeeping(files, journal, failures);
    } finally {
      if (!opened && journal != null) {
        journal.close();
      }
    }
  }

  private static @Nullable Journal journal(Path path, boolean dryRun)
      throws NotAJournalException, UnusableFileException {
    if (dryRun && Files.notExists(path)) {
      return null;
    }
    try {
      return Journal.open(path);
    } catch (NotAJournalException e) {
      throw new NotAJournalException("--journal " + path + " is no journal: " + e.getMessage());
    } catch (IOException e) {
      throw new UnusableFileException(
          error("JournalUnusable", "--journal " + path + " cannot be used", e, path), e);
    }
  }

  private static FailureList failures(Path path) throws UnusableFileException {
    try {
      return new FailureList(path);
    } catch (IOException e) {
      throw new UnusableFileException(
          error("FailedToUnusable", "--failed-to " + path + " cannot be written", e, path), e);
    }
  }

  private static RequestError error(String code, String what, IOException e, Path path) {
    return RequestError.local(
        RequestError.Kind.FILE, code, what + ": " + PrivateFiles.reason(e, path));
  }

  /// Around a probe: skips what the journal holds, and notes what gets staged.
  public Probe around(Probe probe, JournalProbe.Lookup lookup) {
    return journal == null ? probe : new JournalProbe(journal, lookup, probe);
  }

  /// Around a listener: writes down what is not in the cache.
  public Prestager.Listener around(Prestager.Listener listener) {
    FailureList list = failures;
    if (list == null) {
      return listener;
    }
    return new Prestager.Listener() {
      @Override
      public void finished(Outcome outcome) throws InterruptedException {
        list.add(outcome);
        listener.finished(outcome);
      }

      @Override
      public void sourceFailed(SourceException problem) throws InterruptedException {
        listener.sourceFailed(problem);
      }
    };
  }

  /// Ends the files.
  ///
  /// @return what is wrong with them, if so
  public Optional<RequestError> finish() {
    if (failures != null) {
      try {
        failures.finish();
      } catch (IOException e) {
        Path path = files.failedTo().orElseThrow();
        return Optional.of(
            error("FailedToIncomplete", "--failed-to " + path + " is not complete", e, path));
      }
    }
    IOException lost = journal == null ? null : journal.failure();
    if (lost != null) {
      Path path = files.journal().orElseThrow();
      return Optional.of(
          error("JournalIncomplete", "--journal " + path + " is not complete", lost, path));
    }
    return Optional.empty();
  }

  @Override
  public void close() throws IOException {
    try (Journal _ = journal;
        FailureList _ = failures) {
      // closes both, whatever happens to the first
    }
  }
}
