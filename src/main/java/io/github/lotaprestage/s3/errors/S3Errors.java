package io.github.lotaprestage.s3.errors;

import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.Failure.Kind;
import io.github.lotaprestage.object.RequestFailedException;
import io.github.lotaprestage.s3.config.ShownUrl;
import io.github.lotaprestage.s3.http.AnswerHeaders;
import io.github.lotaprestage.s3.http.Connection;
import io.github.lotaprestage.s3.http.Dialer;
import io.github.lotaprestage.s3.http.LocalLimit;
import io.github.lotaprestage.s3.http.Resolver;
import io.github.lotaprestage.s3.http.RetryAfter;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.MessageConstraintException;
import org.jspecify.annotations.Nullable;

/// Turns failures of requests into [Failure]s.
public final class S3Errors {

  /// The meaning of a HEAD's status. Its answer has no body to explain it.
  private static final Map<Integer, String> CODE_BY_STATUS =
      Map.ofEntries(
          Map.entry(301, "PermanentRedirect"),
          Map.entry(307, "TemporaryRedirect"),
          Map.entry(400, "BadRequest"),
          Map.entry(401, "Unauthorized"),
          Map.entry(403, "Forbidden"),
          Map.entry(404, "NotFound"),
          Map.entry(405, "MethodNotAllowed"),
          Map.entry(408, "RequestTimeout"),
          Map.entry(416, "InvalidRange"),
          Map.entry(429, "TooManyRequests"),
          Map.entry(500, "InternalError"),
          Map.entry(502, "BadGateway"),
          Map.entry(503, "SlowDown"),
          Map.entry(504, "GatewayTimeout"));

  /// TLS alerts of a server that has an internal problem. Other alerts are about the client's
  /// offer.
  private static final List<String> HUNG_UP =
      List.of("internal_error", "close_notify", "user_canceled");

  private S3Errors() {}

  /// Sends a request, or reads its answer.
  public interface Exchange<T> {
    T make() throws IOException;
  }

  /// @throws RequestFailedException if there is no answer, or no end of it
  /// @throws InterruptedException if the thread was interrupted
  public static <T> T answer(Exchange<T> exchange)
      throws RequestFailedException, InterruptedException {
    try {
      return exchange.make();
    } catch (IOException e) {
      if (Thread.interrupted()) {
        throw interrupted(e);
      }
      throw unanswered(e);
    }
  }

  /// An answer that claims to be a page of a listing, and is not.
  public static RequestFailedException malformedListing(String problem, @Nullable Exception cause) {
    return new RequestFailedException(
        Failure.local(Kind.TRANSIENT, "MalformedListing", firstLine(problem)), cause);
  }

  public static InterruptedException interrupted(Exception cause) {
    InterruptedException interrupted = new InterruptedException("interrupted during a request");
    interrupted.initCause(cause);
    return interrupted;
  }

  /// Whether the status says that the request succeeded.
  public static boolean isSuccess(ClassicHttpResponse answer) {
    return answer.getCode() >= HttpStatus.SC_OK && answer.getCode() < HttpStatus.SC_REDIRECTION;
  }

  /// An answer that is not a success, with what its body says.
  public static RequestFailedException refused(ClassicHttpResponse answer, byte[] body) {
    AnswerHeaders headers = AnswerHeaders.of(answer.getCode(), answer);
    ErrorBody error = ErrorBody.of(body);
    return explained(
        headers.status(),
        error.code(),
        error.message(),
        headers.requestId() == null ? error.requestId() : headers.requestId(),
        headers.retryAfter(),
        headers.location(),
        null);
  }

  /// The same for an answer that has been taken apart already.
  ///
  /// @param code of the error, not the status; null if there is none
  public static RequestFailedException explained(
      int status,
      @Nullable String code,
      @Nullable String message,
      @Nullable String requestId,
      @Nullable String retryAfter,
      @Nullable String location,
      @Nullable Throwable cause) {
    if (status == 404 && code == null) {
      return new RequestFailedException(noBucket(requestId), cause);
    }
    String elsewhere = elsewhere(status, location);
    return failed(
        status, code, elsewhere == null ? message : elsewhere, requestId, retryAfter, cause);
  }

  /// An answer with 404 and without an S3 error code.
  private static Failure noBucket(@Nullable String requestId) {
    return new Failure(
        Kind.REJECTED,
        "NotFound",
        404,
        "the endpoint does not know the bucket, or is not an S3 store",
        requestId,
        null);
  }

  /// An answer to HEAD that is not a success; it has no body to explain it.
  public static RequestFailedException answered(AnswerHeaders answer) {
    return failed(
        answer.status(),
        null,
        elsewhere(answer.status(), answer.location()),
        answer.requestId(),
        answer.retryAfter(),
        null);
  }

  /// The target of a redirect, as far as it is not secret: its query may contain a signature.
  private static @Nullable String elsewhere(int status, @Nullable String location) {
    return status / 100 != 3 || location == null
        ? null
        : "the store redirects to " + ShownUrl.of(location);
  }

  private static RequestFailedException failed(
      int status,
      @Nullable String code,
      @Nullable String message,
      @Nullable String requestId,
      @Nullable String retryAfter,
      @Nullable Throwable cause) {
    String known = code == null ? CODE_BY_STATUS.getOrDefault(status, "Http" + status) : code;
    Kind kind = kind(status, known);
    return new RequestFailedException(
        new Failure(
            kind,
            known,
            status,
            message == null ? meaning(kind, status) : message,
            requestId,
            RetryAfter.of(retryAfter, Instant.now())),
        cause);
  }

  private static Kind kind(int status, String code) {
    if (code.equals("NoSuchBucket")) {
      return Kind.NO_SUCH_BUCKET;
    }
    if (code.equals("ExpiredToken") || code.equals("InvalidToken")) {
      return Kind.DENIED; // S3 says 400
    }
    return switch (status) {
      case 401, 403 -> Kind.DENIED;
      case 404 -> Kind.NO_SUCH_KEY;
      case 408 -> Kind.TRANSIENT;
      case 429, 503 -> Kind.THROTTLED;
      default -> status >= 500 ? Kind.TRANSIENT : Kind.REJECTED;
    };
  }

  private static String meaning(Kind kind, int status) {
    return switch (kind) {
      case THROTTLED -> "the store asks for fewer requests";
      case TRANSIENT -> "the store could not answer";
      case DENIED -> "access denied";
      case NO_SUCH_KEY -> "no such key";
      case NO_SUCH_BUCKET -> "no such bucket";
      case REJECTED, UNREACHABLE, NO_CREDENTIALS, EXPIRED, INVALID, FILE -> rejection(status);
    };
  }

  private static String rejection(int status) {
    return switch (status) {
      case 301, 302, 303, 307, 308 -> "the bucket is at another address";
      case 407 -> "a proxy between this program and the store asks for credentials";
      case 414, 431 -> "the request is too long for the store, or for a proxy before it";
      default ->
          status < 400
              ? "an S3 store does not answer with this status; something else answered"
              : "the store does not accept this request";
    };
  }

  /// A request that got no answer.
  public static RequestFailedException unanswered(Exception e) {
    return new RequestFailedException(reason(e), e);
  }

  private static Failure reason(Exception e) {
    if (LocalLimit.isReached(e)) {
      return Failure.local(Kind.TRANSIENT, "LocalLimit", LocalLimit.remedy(e));
    }
    return switch (decisive(e)) {
      case null ->
          Failure.local(Kind.TRANSIENT, "ClientError", withoutCount(firstLine(e.getMessage())));
      case UnknownHostException u ->
          Failure.local(
              Kind.UNREACHABLE, "UnknownHost", "cannot resolve host: " + host(u.getMessage()));
      case Resolver.NoAnswerException n ->
          Failure.local(Kind.UNREACHABLE, "UnknownHost", firstLine(n.getMessage()));
      case Dialer.ConnectTimeoutException c ->
          Failure.local(Kind.UNREACHABLE, "ConnectTimeout", firstLine(c.getMessage()));
      case ConnectException c ->
          Failure.local(Kind.UNREACHABLE, "ConnectionRefused", firstLine(c.getMessage()));
      case NoRouteToHostException n ->
          Failure.local(Kind.UNREACHABLE, "NoRoute", firstLine(n.getMessage()));
      case SSLException s -> tls(s);
      case SocketTimeoutException t ->
          Failure.local(Kind.TRANSIENT, "ReadTimeout", firstLine(t.getMessage()));
      case Connection.TooLargeException t ->
          Failure.local(Kind.REJECTED, "MalformedListing", firstLine(t.getMessage()));
      case Connection.NotHttpException n -> notHttp(n);
      case MessageConstraintException _ ->
          Failure.local(Kind.TRANSIENT, "MalformedAnswer", "the header of the answer is too long");
      case IOException io ->
          Failure.local(Kind.TRANSIENT, "ConnectionLost", firstLine(io.getMessage()));
    };
  }

  /// A handshake that was cut is retried like any other lost connection. A certificate problem is
  /// final.
  private static Failure tls(SSLException e) {
    String message = firstLine(e.getMessage());
    if (message.contains("certificate_required")) {
      return Failure.local(
          Kind.REJECTED,
          "ClientCertificateRequired",
          "the endpoint requires a client certificate, and this program sends none");
    }
    boolean cut =
        e.getCause() instanceof EOFException
            || e.getCause() instanceof SocketException
            || message.startsWith("Remote host terminated the handshake")
            || HUNG_UP.stream().anyMatch(message::contains);
    if (cut) {
      return Failure.local(Kind.TRANSIENT, "ConnectionLost", message);
    }
    if (message.startsWith("Unsupported or unrecognized SSL message")) {
      return Failure.local(
          Kind.REJECTED,
          "WrongScheme",
          "the endpoint does not speak TLS; it probably needs http:// instead of https://");
    }
    Optional<String> validity = validity(e);
    if (validity.isPresent()) {
      return Failure.local(Kind.REJECTED, "ExpiredCertificate", validity.get());
    }
    return message.contains("PKIX path")
        ? Failure.local(
            Kind.REJECTED,
            "UntrustedCertificate",
            "the certificate of the endpoint is not signed by a trusted CA: "
                + message.replaceAll("(\\w+\\.)+\\w*Exception: ", ""))
        : Failure.local(Kind.REJECTED, "TlsError", message);
  }

  /// The problem with the dates of a certificate, if that is the problem.
  private static Optional<String> validity(SSLException e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof CertificateExpiredException) {
        return Optional.of("a certificate of the endpoint has expired (" + t.getMessage() + ")");
      }
      if (t instanceof CertificateNotYetValidException) {
        return Optional.of(
            "a certificate of the endpoint is not valid yet (" + t.getMessage() + ")");
      }
    }
    return Optional.empty();
  }

  private static Failure notHttp(Connection.NotHttpException e) {
    return e.isAlert()
        ? Failure.local(
            Kind.REJECTED,
            "WrongScheme",
            "the endpoint speaks TLS; it needs https:// instead of http://")
        : Failure.local(Kind.TRANSIENT, "NotHttp", "the answer is not HTTP");
  }

  /// The outermost network exception; exceptions around it are the SDK's.
  private static @Nullable IOException decisive(Throwable e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof IOException io) {
        return io;
      }
    }
    return null;
  }

  /// The JDK says `host` or `host: Name or service not known`, or whole sentences with a hosts
  /// file.
  private static String host(@Nullable String message) {
    String text = firstLine(message);
    return text.matches("[^ ]+: .*") ? text.substring(0, text.indexOf(':')) : text;
  }

  /// The SDK adds how often it has sent a request, which is always once.
  private static String withoutCount(String message) {
    int count = message.indexOf(" (SDK Attempt Count:");
    return count < 0 ? message : message.substring(0, count);
  }

  private static String firstLine(@Nullable String message) {
    return message == null ? "no reason given" : message.lines().findFirst().orElse("");
  }
}
