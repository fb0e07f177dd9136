package io.github.lotaprestage.object;

import org.jspecify.annotations.Nullable;

/// A request failed.
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
