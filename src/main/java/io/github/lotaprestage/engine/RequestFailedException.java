package io.github.lotaprestage.engine;

import org.jspecify.annotations.Nullable;

/// One request got no useful answer.
public final class RequestFailedException extends Exception {

  private final RequestError error;

  public RequestFailedException(RequestError error, @Nullable Throwable cause) {
    super(error.describe(), cause);
    this.error = error;
  }

  public RequestError error() {
    return error;
  }
}
