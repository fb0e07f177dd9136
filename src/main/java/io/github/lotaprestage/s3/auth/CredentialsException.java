package io.github.lotaprestage.s3.auth;

import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.UnusableException;
import org.jspecify.annotations.Nullable;

/// A source has no usable credentials. The message names the source and the reason. It never quotes
/// the source's output, which may be secret.
public final class CredentialsException extends Exception {

  private final @Nullable String advice;

  public CredentialsException(String message) {
    this(message, null);
  }

  /// @param advice what to do about the source that failed; null if every source is as good
  CredentialsException(String message, @Nullable String advice) {
    super(message);
    this.advice = advice;
  }

  /// The same for a run that cannot begin without credentials.
  public UnusableException unusable() {
    return new UnusableException(
        Failure.local(Failure.Kind.NO_CREDENTIALS, "NoCredentials", String.valueOf(getMessage())),
        advice,
        this);
  }
}
