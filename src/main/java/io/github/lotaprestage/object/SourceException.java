package io.github.lotaprestage.object;

/// A part of a source could not be read.
public final class SourceException extends Exception {

  private final String operation;
  private final Failure error;

  /// @param operation the operation and its object, such as `LIST s3://bucket/prefix/`
  public SourceException(String operation, Failure error) {
    super(operation + ": " + error.describe());
    this.operation = operation;
    this.error = error;
  }

  public String operation() {
    return operation;
  }

  public Failure error() {
    return error;
  }
}
