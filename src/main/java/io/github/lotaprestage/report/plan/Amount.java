package io.github.lotaprestage.report.plan;

import io.github.lotaprestage.object.ObjectRef;

/// Objects and their bytes, which do not exceed the largest long.
public record Amount(long objects, long bytes) {

  static final Amount NONE = new Amount(0, 0);

  Amount plus(Amount other) {
    return new Amount(objects + other.objects, ObjectRef.sum(bytes, other.bytes));
  }
}
