package io.github.lotaprestage.report.stop;

import io.github.lotaprestage.plan.Plan;
import io.github.lotaprestage.plan.target.KeyList;
import io.github.lotaprestage.plan.target.Manifest;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// How to stage the rest after a run that was stopped: in most cases with the same command, which
/// skips what its journal holds.
public final class Continuation {

  /// A longer command is not worth printing.
  private static final int LONGEST = 4000;

  private final List<String> command;
  private final String searchPath;
  private final Plan plan;

  /// @param command the program and its arguments, as they were given
  /// @param searchPath the directories in which the shell looks for programs, or an empty string
  public Continuation(List<String> command, String searchPath, Plan plan) {
    this.command = command;
    this.searchPath = searchPath;
    this.plan = plan;
  }

  /// The end of a sentence, without a full stop.
  ///
  /// @param restIsListed whether `--failed-to` names all objects that are left
  public String next(boolean restIsListed) {
    Optional<String> pipe = inputs().filter(Continuation::isReadOnce).findFirst();
    if (pipe.isEmpty()) {
      return "continue with: " + typed();
    }
    if (restIsListed && plan.files().failedTo().isPresent()) {
      return "the objects that are left are in "
          + plan.files().failedTo().get()
          + ", a list for --files-from";
    }
    return pipe.get().equals("-")
        ? "standard input cannot be read again; to continue, send the same list to: " + typed()
        : pipe.get() + " cannot be read again; to continue, enter the original command again";
  }

  private Stream<String> inputs() {
    return Stream.concat(
        plan.keyLists().stream().map(KeyList::file),
        plan.manifests().stream()
            .filter(manifest -> manifest.object().isEmpty())
            .map(Manifest::location));
  }

  /// Pipes lose what has been read; the path of a process substitution is gone too.
  private static boolean isReadOnce(String file) {
    try {
      return file.equals("-") || !Files.isRegularFile(Path.of(file));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private String typed() {
    String program = command.getFirst();
    String line =
        ShellWords.of(
            Stream.concat(Stream.of(shortest(program)), command.stream().skip(1)).toList());
    return line.length() <= LONGEST ? line : "the same command again (it is too long to repeat)";
  }

  /// The name alone if the shell finds this program by it.
  private String shortest(String program) {
    String name = program.substring(program.lastIndexOf('/') + 1);
    for (String directory : searchPath.split(File.pathSeparator, -1)) {
      File found = new File(directory.isEmpty() ? "." : directory, name);
      if (found.canExecute() && found.isFile()) {
        return found.getPath().equals(program) ? name : program;
      }
    }
    return program;
  }
}
