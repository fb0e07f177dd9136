package io.github.lotaprestage.s3.auth;

/// A source has no usable credentials. The message names the source and the reason. It never quotes
/// the source's output, which may be secret.
public final class CredentialsException extends Exception {
  public CredentialsException(String message) {
    super(message);
  }
}
