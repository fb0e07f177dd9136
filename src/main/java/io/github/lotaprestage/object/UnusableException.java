package io.github.lotaprestage.object;

import org.jspecify.annotations.Nullable;

/// The run cannot begin, because the store, the credentials or a file cannot be used. Nothing was
/// sent.
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
