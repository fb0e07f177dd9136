package io.github.lotaprestage.run;

import io.github.lotaprestage.files.Destination;
import io.github.lotaprestage.files.FileReason;
import io.github.lotaprestage.files.WholeFile;
import io.github.lotaprestage.plan.InputFile;
import io.github.lotaprestage.plan.OutputOptions;
import io.github.lotaprestage.plan.RunFiles;
import io.github.lotaprestage.plan.StoreOptions;
import io.github.lotaprestage.plan.target.KeyList;
import io.github.lotaprestage.records.RunRecords;
import io.github.lotaprestage.s3.S3Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Finds files that cannot be written as asked: two options that name the same file (by its name,
/// through a symbolic link, or as a hard link), and result files that cannot be written at all.
public final class RunFileChecks {

  /// A file that the run writes.
  private record Written(String option, Path path) {}

  private static final String METRICS = "--metrics-file";
  private static final Path STANDARD_OUTPUT = Path.of("/dev/stdout");
  private static final Path STANDARD_ERROR = Path.of("/dev/stderr");

  private RunFileChecks() {}

  /// Whether one of `lists` is a file of `--failed-to`.
  public static boolean isInput(Path failedTo, List<KeyList> lists) {
    return isRead(failedTo, lists) || isRead(RunFiles.nulFile(failedTo), lists);
  }

  /// The problem, if there is one: a file would be written twice, JSON would be mixed with
  /// something else, a file would be read as a list too, or a result file cannot be written.
  public static Optional<String> problem(
      RunFiles files, List<KeyList> lists, OutputOptions.Format format) {
    List<Written> written = written(files);
    List<Written> results = results(files);
    for (int i = 0; i < written.size(); i++) {
      Written one = written.get(i);
      for (Written other : written.subList(i + 1, written.size())) {
        if (same(one.path(), other.path())) {
          return Optional.of(
              "%s and %s are the same file, %s; give each a different one"
                  .formatted(one.option(), other.option(), one.path()));
        }
      }
      if (format == OutputOptions.Format.JSON && isStandardOutput(one.path())) {
        return Optional.of(
            "%s is standard output, which is JSON; use a file, or use /dev/stdout with -o text"
                .formatted(one.option()));
      }
      if (isRegularOutput(one.path())) {
        return Optional.of(
            "%s is the file %s, which standard output or standard error goes to; use another file"
                .formatted(one.option(), one.path()));
      }
    }
    if (files.failedTo().isPresent() && isReadInAnotherFormat(files.failedTo().get(), lists)) {
      return Optional.of(
          "--failed-to %s would replace a list that is read from it in another format; use another file"
              .formatted(files.failedTo().get()));
    }
    Optional<Path> unread = files.failedTo().filter(file -> leavesKeysUnread(file, lists));
    if (unread.isPresent()) {
      return Optional.of(
          "%1$s also lists keys that are left, and would be replaced unread; add --files-from0 %1$s"
              .formatted(RunFiles.nulFile(unread.get())));
    }
    return Stream.concat(
            files.journal().map(path -> new Written("--journal", path)).stream(), results.stream())
        .filter(file -> isRead(file.path(), lists))
        .findFirst()
        .map(file ->
            "%s is %s, which is also read as a list of keys; use another file"
                .formatted(file.option(), file.path()))
        .or(() -> results.stream().flatMap(file -> unusable(file).stream()).findFirst());
  }

  /// The problem if one of `inputs` would be overwritten.
  ///
  /// @param inputs with what each of them is, with its article; other locations than paths are
  ///   ignored
  public static Optional<String> overwritten(RunFiles files, List<InputFile> inputs) {
    for (Written file : written(files)) {
      for (InputFile input : inputs) {
        if (same(file.path(), input.path())) {
          return Optional.of(
              "%s is %s, which is also read as %s; use another file"
                  .formatted(file.option(), file.path(), input.origin()));
        }
      }
    }
    return Optional.empty();
  }

  /// The problem if a file of the configuration would be overwritten.
  public static Optional<String> overwrittenConfiguration(
      RunFiles files, StoreOptions options, Map<String, String> env) {
    return written(files).isEmpty()
        ? Optional.empty()
        : overwritten(files, S3Store.files(options, env));
  }

  /// Whether reading a file may wait for the process at its other end.
  public static boolean isPipe(Path file) {
    return Destination.isNamedPipe(file);
  }

  private static List<Written> written(RunFiles files) {
    List<Written> written = new ArrayList<>();
    files.journal().ifPresent(path -> written.add(new Written("--journal", path)));
    files.failedTo().ifPresent(path -> written.add(new Written("--failed-to", path)));
    files
        .failedTo()
        .ifPresent(path ->
            written.add(new Written("the .nul file of --failed-to", RunFiles.nulFile(path))));
    written.addAll(results(files));
    return written;
  }

  /// The files that are written for other programs.
  private static List<Written> results(RunFiles files) {
    List<Written> results = new ArrayList<>();
    files.summary().ifPresent(path -> results.add(new Written("--summary-file", path)));
    files.metrics().ifPresent(path -> results.add(new Written(METRICS, path)));
    files
        .bounds()
        .ifPresent(bounds -> results.add(new Written("--write-shard-bounds", bounds.file())));
    files.report().ifPresent(path -> results.add(new Written("--report", path)));
    return results;
  }

  private static Optional<String> unusable(Written file) {
    try {
      if (RunRecords.isJournal(file.path())) {
        return Optional.of(
            "%s %s is a journal, which would be lost; use another file"
                .formatted(file.option(), file.path()));
      }
      if (file.option().equals(METRICS) && Destination.of(file.path()).isStream()) {
        return Optional.of(
            "%s %s is not a regular file, so it cannot be replaced; use a file"
                .formatted(file.option(), file.path()));
      }
      WholeFile.requireWritable(file.path());
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(
          "%s %s cannot be written: %s".formatted(file.option(), file.path(), FileReason.of(e)));
    }
  }

  private static boolean isRead(Path file, List<KeyList> lists) {
    return lists.stream()
        .anyMatch(list -> same(file, Path.of(list.isStandardInput() ? "/dev/stdin" : list.file())));
  }

  /// Whether a run reads a list of `--failed-to` and not the keys with line ends beside it.
  private static boolean leavesKeysUnread(Path failedTo, List<KeyList> lists) {
    Path nul = RunFiles.nulFile(failedTo);
    return isRead(failedTo, lists) && !isRead(nul, lists) && nul.toFile().length() > 0;
  }

  /// `--failed-to` has a line for each object, and its `.nul` file a NUL after each.
  private static boolean isReadInAnotherFormat(Path failedTo, List<KeyList> lists) {
    return isRead(failedTo, without(KeyList.Format.KEYS, lists))
        || isRead(RunFiles.nulFile(failedTo), without(KeyList.Format.KEYS_WITH_NUL, lists));
  }

  private static List<KeyList> without(KeyList.Format format, List<KeyList> lists) {
    return lists.stream().filter(list -> list.format() != format).toList();
  }

  /// Whether lines written there would mix with the results.
  private static boolean isStandardOutput(Path file) {
    try {
      Destination destination = Destination.of(file);
      return destination.isStream()
          && !destination.isNullDevice()
          && Files.isSameFile(file, STANDARD_OUTPUT);
    } catch (IOException e) {
      return false; // a closed stream takes nothing
    }
  }

  private static boolean isRegularOutput(Path file) {
    try {
      return Files.isRegularFile(file)
          && !Destination.of(file).isStream()
          && (Files.isSameFile(file, STANDARD_OUTPUT) || Files.isSameFile(file, STANDARD_ERROR));
    } catch (IOException e) {
      return false; // a closed stream is not a file
    }
  }

  private static boolean same(Path one, Path other) {
    try {
      Destination first = Destination.of(one);
      return !first.isNullDevice() && first.isSameAs(Destination.of(other));
    } catch (IOException e) {
      return false; // one that cannot be found is reported when it is opened
    }
  }
}
