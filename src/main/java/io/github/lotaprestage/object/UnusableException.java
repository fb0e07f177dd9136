package io.github.lotaprestage.object;

import org.jspecify.annotations.Nullable;

/// The run cannot begin, because the store, the credentials or a file cannot be used. Nothing was
/// sent.
public final class UnusableException extends Exception {

  private final Failure error;
  private final @Nullable String advice;

  public UnusableException(Failure error, @Nullable Throwable cause) {
    this(error, null, cause);
  }

  /// @param advice what to do next; null if the kind and the code of the error say enough
  public UnusableException(Failure error, @Nullable String advice, @Nullable Throwable cause) {
    super(error.message(), cause);
    this.error = error;
    this.advice = advice;
  }

  public Failure error() {
    return error;
  }

  public @Nullable String advice() {
    return advice;
  }
}
