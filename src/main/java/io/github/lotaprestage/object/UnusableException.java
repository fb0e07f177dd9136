package io.github.lotaprestage.object;

import org.jspecify.annotations.Nullable;

/// The store cannot be used with these settings. Nothing was sent to it.
public final class UnusableException extends Exception {

  private final Failure error;

  public UnusableException(Failure error, @Nullable Throwable cause) {
    super(error.message(), cause);
    this.error = error;
  }

  public Failure error() {
    return error;
  }
}
