package io.github.lotaprestage.plan;

import java.nio.file.Path;

/// A file that a run reads.
///
/// @param origin the option or variable that names it, for messages; a description if it is found
///   without being named
public record InputFile(String origin, Path path) {

  @Override
  public String toString() {
    return origin + " " + path;
  }
}
