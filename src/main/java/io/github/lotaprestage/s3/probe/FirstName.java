package io.github.lotaprestage.s3.probe;

import io.github.lotaprestage.object.Entry;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.ObjectSource;
import io.github.lotaprestage.object.SourceException;
import io.github.lotaprestage.plan.target.KeyList;
import io.github.lotaprestage.source.Sources;
import java.io.InputStream;
import java.util.Optional;

/// The beginning of a key list.
///
/// @param object the first object that it names; empty if the lines that were read name none
/// @param problem of the first line that names no object
/// @param whole whether that is the whole list
public record FirstName(Optional<ObjectRef> object, Optional<String> problem, boolean whole) {

  /// Lines that are read in search of an object.
  private static final int LINES = 1000;

  /// @param list not standard input
  /// @throws SourceException if the list cannot be read
  public static FirstName of(KeyList list, SetUp setUp)
      throws SourceException, InterruptedException {
    String problem = null;
    try (ObjectSource names =
        Sources.named(list, InputStream.nullInputStream(), setUp.pathStyle())) {
      for (int i = 0; i < LINES; i++) {
        switch (names.next()) {
          case null -> {
            return new FirstName(Optional.empty(), Optional.ofNullable(problem), true);
          }
          case ObjectRef object -> {
            return new FirstName(Optional.of(object), Optional.ofNullable(problem), false);
          }
          case Entry.BadLine bad -> problem = problem == null ? bad.problem() : problem;
        }
      }
      return new FirstName(Optional.empty(), Optional.ofNullable(problem), false);
    }
  }
}
