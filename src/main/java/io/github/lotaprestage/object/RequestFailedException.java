package io.github.lotaprestage.object;

import org.jspecify.annotations.Nullable;

/// One request got no useful answer.
public final class RequestFailedException extends Exception {

  private final Failure error;

  public RequestFailedException(Failure error, @Nullable Throwable cause) {
    super(error.describe(), cause);
    this.error = error;
  }

  public Failure error() {
    return error;
  }
}
