package io.github.lotaprestage.object;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The reason for a failure, in the terms of S3 where it has them.
///
/// @param code an S3 error code, or a code of this program such as `ConnectionRefused`
/// @param httpStatus null if there was no answer
/// @param retryAfter the wait that the store asked for
public record Failure(
    Kind kind,
    String code,
    @Nullable Integer httpStatus,
    String message,
    @Nullable String requestId,
    @Nullable Duration retryAfter) {

  /// The consequence of a failure for the run.
  public enum Kind {
    /// The store asks for fewer requests (429, 503).
    THROTTLED(true, false),
    /// It may work the next time (408, other 5xx, a lost connection, a timeout).
    TRANSIENT(true, false),
    /// The host has no address or does not accept connections.
    UNREACHABLE(true, true),
    /// There are no credentials, or they cannot be obtained now.
    NO_CREDENTIALS(true, true),
    /// The credentials of the request had expired.
    EXPIRED(true, true),
    /// 401 or 403.
    DENIED(false, true),
    NO_SUCH_BUCKET(false, true),
    NO_SUCH_KEY(false, false),
    /// Another answer that will not change: 400, 405, a redirect, an unverifiable certificate.
    REJECTED(false, true),
    /// The request was not sent, because the input does not name an object.
    INVALID(false, true),
    /// A local file cannot be read or written.
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

    /// Whether the whole run is hopeless if every object fails in this way.
    public boolean fatal() {
      return fatal;
    }
  }

  /// A failure without an answer of the store.
  public static Failure local(Kind kind, String code, String message) {
    return new Failure(kind, code, null, message, null, null);
  }

  /// The same answer with a more precise meaning.
  public Failure as(Kind otherKind, String otherCode, String otherMessage) {
    return new Failure(otherKind, otherCode, httpStatus, otherMessage, requestId, retryAfter);
  }

  /// `SlowDown (503): Please reduce your request rate.`
  public String describe() {
    return code + (httpStatus == null ? "" : " (" + httpStatus + ")") + ": " + message;
  }
}
