package io.github.lotaprestage.s3.auth;

/// A source of credentials gives none. The message says which source and why, and nothing that the
/// source said itself: that may be secret.
public final class CredentialsException extends Exception {
  public CredentialsException(String message) {
    super(message);
  }
}
