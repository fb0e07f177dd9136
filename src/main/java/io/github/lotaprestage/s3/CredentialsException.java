package io.github.lotaprestage.s3;

/// A source of credentials gives none. The message says which source and why, and nothing that the
/// source said itself: that may be secret.
final class CredentialsException extends Exception {
  CredentialsException(String message) {
    super(message);
  }
}
