package io.github.lotaprestage.s3;

import io.github.lotaprestage.engine.RequestError;
import org.jspecify.annotations.Nullable;

/// The store cannot be used with these settings; nothing was sent to it.
public final class StoreUnusableException extends Exception {

  private final RequestError error;

  StoreUnusableException(RequestError error, @Nullable Throwable cause) {
    super(error.message(), cause);
    this.error = error;
  }

  public RequestError error() {
    return error;
  }
}
