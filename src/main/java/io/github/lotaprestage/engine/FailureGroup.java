package io.github.lotaprestage.engine;

import io.github.lotaprestage.object.Failure;
import java.util.List;

/// Objects that failed for the same reason.
///
/// @param first the first of these failures
/// @param examples URIs of the first objects, or lines that name no object
public record FailureGroup(Failure first, long count, List<String> examples) {

  public String code() {
    return first.code();
  }
}
