package io.github.lotaprestage.cli;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/// Checks of options that make usage errors.
final class UsageChecks {

  private final CommandLine commandLine;

  UsageChecks(CommandLine commandLine) {
    this.commandLine = commandLine;
  }

  void require(boolean condition, String problem) {
    if (!condition) {
      throw usage(problem);
    }
  }

  ParameterException usage(String problem) {
    return new ParameterException(commandLine, problem);
  }

  ParameterException usage(String problem, Exception cause) {
    return new ParameterException(commandLine, problem, cause);
  }

  /// Whether an option was given on the command line, and not only in the environment.
  boolean onCommandLine(String option) {
    return commandLine.getParseResult().hasMatchedOption(option);
  }

  /// A file that the run writes; null if there is none.
  @Nullable Path outputFile(String option, @Nullable String file) {
    if (file == null) {
      return null;
    }
    Path path = path(option, file);
    require(
        !file.equals("-"),
        option + " must name a file, not '-'; a file of that name is written ./-");
    require(
        !Files.isDirectory(path) && !file.endsWith("/"), option + " " + file + " is a directory");
    return path;
  }

  /// A file that the run reads.
  Path inputFile(String option, String file) {
    Path path = path(option, file);
    require(Files.exists(path), option + " " + file + " does not exist");
    require(!Files.isDirectory(path), option + " " + file + " is a directory");
    require(Files.isReadable(path), option + " " + file + " cannot be read");
    return path;
  }

  private Path path(String option, String file) {
    try {
      return Path.of(file);
    } catch (InvalidPathException e) {
      throw usage(option + " is not a valid file name: " + file, e);
    }
  }
}
