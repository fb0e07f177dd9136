package io.github.lotaprestage.engine;

/// One request got no useful answer.
public final class RequestFailedException extends Exception {

  private final RequestError error;

  public RequestFailedException(RequestError error, Throwable cause) {
    super(error.describe(), cause);
    this.error = error;
  }

  public RequestError error() {
    return error;
  }
}
