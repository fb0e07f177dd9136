package io.github.lotaprestage.object;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Why a request failed, in the words of S3 where it has some.
///
/// @param code an S3 error code, or ours where none came, such as `ConnectionRefused`
/// @param httpStatus absent when no answer came
/// @param retryAfter how long the store asked to wait
public record Failure(
    Kind kind,
    String code,
    @Nullable Integer httpStatus,
    String message,
    @Nullable String requestId,
    @Nullable Duration retryAfter) {

  /// What a failure means for the run.
  public enum Kind {
    /// The store asks for fewer requests (429, 503).
    THROTTLED(true, false),
    /// It may work the next time (408, other 5xx, a lost connection, a timeout).
    TRANSIENT(true, false),
    /// The host has no address or does not accept connections.
    UNREACHABLE(true, true),
    /// There are no credentials, or none that can be had now.
    NO_CREDENTIALS(true, true),
    /// Its credentials were out of date.
    EXPIRED(true, true),
    /// 401 or 403.
    DENIED(false, true),
    NO_SUCH_BUCKET(false, true),
    NO_SUCH_KEY(false, false),
    /// Another answer that will not change: 400, 405, a redirect, an unverifiable certificate.
    REJECTED(false, true),
    /// It could not even be sent: the input names no object.
    INVALID(false, true),
    /// A file of this machine cannot be read or written.
    FILE(false, true);

    private final boolean retryable;
    private final boolean fatal;

    Kind(boolean retryable, boolean fatal) {
      this.retryable = retryable;
      this.fatal = fatal;
    }

    /// Whether the same request may succeed later.
    public boolean retryable() {
      return retryable;
    }

    /// Whether, if every object fails like this, the run itself cannot work.
    public boolean fatal() {
      return fatal;
    }
  }

  /// An error that is not an answer of the store.
  public static Failure local(Kind kind, String code, String message) {
    return new Failure(kind, code, null, message, null, null);
  }

  /// The same answer, understood better.
  public Failure as(Kind otherKind, String otherCode, String otherMessage) {
    return new Failure(otherKind, otherCode, httpStatus, otherMessage, requestId, retryAfter);
  }

  /// `SlowDown (503): Please reduce your request rate.`
  public String describe() {
    return code + (httpStatus == null ? "" : " (" + httpStatus + ")") + ": " + message;
  }
}
