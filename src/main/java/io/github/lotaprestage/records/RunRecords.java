package io.github.lotaprestage.records;

import io.github.lotaprestage.engine.Prestager;
import io.github.lotaprestage.engine.Stager;
import io.github.lotaprestage.files.Destination;
import io.github.lotaprestage.files.FileReason;
import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.Outcome;
import io.github.lotaprestage.object.SourceException;
import io.github.lotaprestage.object.UnusableException;
import io.github.lotaprestage.plan.RunFiles;
import io.github.lotaprestage.plan.UsageException;
import io.github.lotaprestage.records.bounds.BoundsWriter;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The files of a run: its journal and its list of failures, if the user asked for them.
public final class RunRecords implements Prestager.Listener, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(RunRecords.class);

  /// Looks up the ETag of an object that was named and not listed.
  public interface Lookup {
    /// @return the object as listed, or unchanged if the listing does not contain it
    ObjectRef find(ObjectRef named) throws SourceException, InterruptedException;
  }

  private final RunFiles files;
  private final @Nullable Journal journal;
  private final @Nullable FailureList failures;
  private final @Nullable BoundsWriter bounds;

  private RunRecords(
      RunFiles files,
      @Nullable Journal journal,
      @Nullable FailureList failures,
      @Nullable BoundsWriter bounds) {
    this.bounds = bounds;
    this.files = files;
    this.journal = journal;
    this.failures = failures;
  }

  /// Opens or creates the files. A dry run reads the journal and writes nothing, because it must
  /// not replace a list of objects that still have to be staged.
  ///
  /// @param endpoint through which objects are staged
  /// @param targets what is staged, as it is called in the summary
  /// @throws UsageException if the file is not a journal
  /// @throws UnusableException if a file cannot be opened
  public static RunRecords open(RunFiles files, boolean dryRun, URI endpoint, List<String> targets)
      throws UsageException, UnusableException, IOException {
    Journal journal = null;
    boolean opened = false;
    try {
      if (files.journal().isPresent()) {
        journal = journal(files.journal().get(), oldest(files), dryRun, endpoint);
      }
      FailureList failures = null;
      if (files.failedTo().isPresent() && !dryRun) {
        failures = failures(files.failedTo().get());
      }
      opened = true;
      return new RunRecords(
          files,
          journal,
          failures,
          files.bounds().map(wanted -> new BoundsWriter(wanted, targets)).orElse(null));
    } finally {
      if (!opened && journal != null) {
        journal.close();
      }
    }
  }

  private static @Nullable Instant oldest(RunFiles files) {
    return files.journalMaxAge().map(age -> Instant.now().minus(age)).orElse(null);
  }

  private static @Nullable Journal journal(
      Path path, @Nullable Instant oldest, boolean dryRun, URI endpoint)
      throws UsageException, UnusableException {
    try {
      if (!dryRun) {
        return Journal.open(path, endpoint, oldest);
      }
      return Files.isRegularFile(path) ? Journal.read(path, endpoint, oldest) : null;
    } catch (NotAJournalException e) {
      throw new UsageException("--journal " + path + " is not a journal: " + e.getMessage());
    } catch (IOException e) {
      throw new UnusableException(
          error("Journal", "Unusable", "--journal " + path + " cannot be used", e), e);
    }
  }

  private static FailureList failures(Path path) throws UnusableException {
    try {
      return FailureList.open(path);
    } catch (IOException e) {
      throw new UnusableException(
          error("FailedTo", "Unusable", "--failed-to " + path + " cannot be written", e), e);
    }
  }

  private static Failure error(String file, String state, String what, IOException e) {
    String known =
        switch (e) {
          case FileInUseException _ -> "InUse";
          case FailureList.OtherFileException _ -> "OtherFile";
          default -> state;
        };
    return Failure.local(Failure.Kind.FILE, file + known, what + ": " + FileReason.of(e));
  }

  /// Whether a file is a journal, which nothing else may replace.
  public static boolean isJournal(Path file) throws IOException {
    return Journal.isJournal(Destination.of(file).path());
  }

  /// Wraps a stager: skips objects that the journal contains, and records objects that get staged.
  public Stager around(Stager stager, Lookup lookup) {
    return journal == null ? stager : new JournalStager(journal, lookup, stager);
  }

  /// Records an object that is not in the cache.
  @Override
  public void finished(Outcome outcome) {
    if (failures != null) {
      failures.add(outcome);
    }
    if (bounds != null) {
      bounds.add(outcome);
    }
  }

  /// Finishes the files. Safe for use by any thread; only the first call has an effect.
  ///
  /// @param complete whether every selected object has an outcome. If not, a list of failures that
  ///   this run also reads is left unchanged, because it names the remaining objects.
  /// @return the problem with the files, if there is one
  public Optional<Failure> finish(boolean complete) {
    if (failures != null) {
      try {
        failures.finish(complete || !files.failedToIsInput());
      } catch (IOException e) {
        Path path = files.failedTo().orElseThrow();
        return Optional.of(
            error("FailedTo", "Incomplete", "--failed-to " + path + failures.state(), e));
      }
    }
    if (bounds != null && complete) {
      Path path = files.bounds().orElseThrow().file();
      try {
        if (!bounds.finish()) {
          log.warn("--write-shard-bounds {} is not written, because no object was found", path);
        }
      } catch (IOException e) {
        return Optional.of(
            error(
                "ShardBounds",
                "Unwritten",
                "--write-shard-bounds " + path + " could not be written",
                e));
      }
    } else if (bounds != null) {
      log.warn(
          "--write-shard-bounds {} is not written, because not all objects are known",
          files.bounds().orElseThrow().file());
    }
    IOException lost = journal == null ? null : journal.failure();
    if (lost != null) {
      Path path = files.journal().orElseThrow();
      return Optional.of(
          error("Journal", "Incomplete", "--journal " + path + " is not complete", lost));
    }
    return Optional.empty();
  }

  /// Removes temporary files when the process is about to end in the middle of the run. Any thread
  /// may call it, and it waits for none. A file that cannot be removed stays; it is harmless.
  public void abandon() {
    if (failures != null) {
      try {
        failures.abandon();
      } catch (IOException e) {
        log.debug("a temporary file of --failed-to stays", e);
      }
    }
  }

  @Override
  public void close() throws IOException {
    try (Journal _ = journal;
        FailureList _ = failures) {
      // closes both, whatever happens to the first
    }
  }
}
