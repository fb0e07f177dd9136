package io.github.lotaprestage.doctor;

import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.RequestFailedException;
import io.github.lotaprestage.report.Finding;
import io.github.lotaprestage.s3.probe.Greeting;
import io.github.lotaprestage.s3.probe.Reachability;
import io.github.lotaprestage.s3.probe.SetUp;
import java.time.Duration;
import java.util.List;

/// Checks what answers at the endpoint, and how far its clock is from this one. The first request
/// has no signature, so that the credentials do not matter. Some stores do not answer such a
/// request as a store does; then a LIST with a signature decides.
final class ServiceChecks {

  static final String SERVICE = "service";

  /// A LIST with a signature.
  interface SignedList {
    /// Whether it can be sent and is answered as only an S3 store answers.
    boolean isAnswered(Duration limit) throws InterruptedException;
  }

  private final SetUp setUp;
  private final NetworkChecks network;
  private final SignedList signed;

  ServiceChecks(SetUp setUp, NetworkChecks network, SignedList signed) {
    this.setUp = setUp;
    this.network = network;
    this.signed = signed;
  }

  List<Check> all() {
    return List.of(
        Check.other(SERVICE, NetworkChecks.TWO_STEPS, this::service, NetworkChecks.TLS),
        Check.other("clock", NetworkChecks.STEP, _ -> clock(), SERVICE));
  }

  private Verdict service(Duration limit) throws InterruptedException {
    Duration half = limit.dividedBy(2);
    Verdict unsigned = unsigned(half);
    if (unsigned.status() == Finding.Status.OK || !signed.isAnswered(half)) {
      return unsigned;
    }
    return Verdict.ok(
        "an S3 store answers requests with a signature (without one: %s)"
            .formatted(unsigned.text()));
  }

  private Verdict unsigned(Duration limit) {
    try {
      Greeting answer = network.way().greet(network.place(), limit);
      return answer.fromS3()
          ? Verdict.ok("an S3 store answers (status " + answer.status() + ")")
          : somethingElse(answer, limit);
    } catch (RequestFailedException e) {
      return unanswered(e, limit);
    }
  }

  private boolean needsTls(Duration limit) {
    return !setUp.isHttps() && network.way().speaksTls(network.place(), limit);
  }

  private static Verdict needsHttps(String evidence) {
    return Verdict.failure(
        Failure.local(
            Failure.Kind.REJECTED,
            "WrongScheme",
            "the endpoint " + evidence + "; it needs https:// instead of http://"));
  }

  private Verdict somethingElse(Greeting answer, Duration limit) {
    if (redirectsToTls(answer)) {
      return needsHttps("redirects to https://");
    }
    if (needsTls(limit)) {
      return needsHttps("speaks TLS");
    }
    String found =
        "status "
            + answer.status()
            + (answer.contentType().isEmpty() ? "" : ", " + answer.contentType())
            + answer.location().map(to -> ", redirects to " + to).orElse("");
    String code = "Http" + answer.status();
    return switch (answer.status()) {
      // a gateway before a store may refuse what is not signed
      case 400, 401, 403 ->
          Verdict.warn(
              "the answer to a request without a signature does not show an S3 store: " + found,
              "check the host and port in "
                  + setUp.endpointSetting()
                  + " if the check 'list' fails, too");
      case 407, 511 ->
          Verdict.failure(
              Failure.local(
                  Failure.Kind.REJECTED,
                  code,
                  "a proxy or a network login answers in place of the store: " + found));
      case 500, 502, 503, 504 ->
          Verdict.failure(
                  Failure.local(
                      Failure.Kind.REJECTED,
                      "NotS3",
                      "the endpoint, or a proxy before it, has a problem of its own: " + found))
              .withFix(
                  "find out whether the store is up; if it is, check the host and port in "
                      + setUp.endpointSetting());
      default ->
          Verdict.failure(
                  Failure.local(
                      Failure.Kind.REJECTED,
                      "NotS3",
                      "something that is not an S3 store answers, such as a web page or a login: "
                          + found))
              .withFix("check the host and port in " + setUp.endpointSetting());
    };
  }

  private boolean redirectsToTls(Greeting answer) {
    return !setUp.isHttps()
        && answer
            .location()
            .filter(to -> to.regionMatches(true, 0, "https://", 0, "https://".length()))
            .filter(to -> to.substring("https://".length()).startsWith(network.place().host()))
            .isPresent();
  }

  private Verdict unanswered(RequestFailedException e, Duration limit) {
    Failure error = e.error();
    String where = "check the host and port in " + setUp.endpointSetting();
    return switch (error.code()) {
      case "ReadTimeout" ->
          Verdict.failure(
                  Failure.local(
                      Failure.Kind.UNREACHABLE,
                      "NoAnswer",
                      (Reachability.hasBegun(e)
                              ? "%s began to answer, but has not finished within %.1f s"
                              : "%s accepts connections, but has not answered within %.1f s")
                          .formatted(network.address(), limit.toMillis() / 1000.0)))
              .withFix(where + ", and find out whether the store is up");
      case "WrongScheme", "UntrustedCertificate", "ExpiredCertificate", "TlsError" ->
          Verdict.failure(error);
      default -> needsTls(limit) ? needsHttps("speaks TLS") : broken(error, where);
    };
  }

  private Verdict broken(Failure error, String where) {
    return switch (error.code()) {
      case "NotHttp", "MalformedAnswer" ->
          Verdict.failure(
                  Failure.local(
                      error.kind(),
                      "NotHttp",
                      network.address() + " answers, but not as a web server does"))
              .withFix(where);
      case "ConnectionLost" ->
          Verdict.failure(
                  Failure.local(
                      error.kind(),
                      "ConnectionLost",
                      network.address()
                          + " accepts connections and closes them without a complete answer"))
              .withFix(where + "; a firewall or a proxy may close the connection");
      case "MalformedListing" ->
          Verdict.failure(error.as(Failure.Kind.REJECTED, "NotS3", error.message())).withFix(where);
      default -> Verdict.failure(error);
    };
  }

  /// Stores accept signatures that are at most 15 minutes off. A run learns the time of the store.
  private Verdict clock() {
    Duration ahead = network.way().aheadOfUs();
    if (ahead == null) {
      return Verdict.warn(
          "not compared, because the store sends no Date",
          "make sure that the clock of this machine is synchronised");
    }
    long seconds = Math.abs(ahead.toSeconds());
    return seconds <= Reachability.TOLERATED_OFFSET.toSeconds()
        ? Verdict.ok("the clock of this machine is %d s from the store's".formatted(seconds))
        : Verdict.warn(
            "the clock of this machine is %d seconds %s the store's; a run signs with the store's time"
                .formatted(seconds, ahead.isPositive() ? "behind" : "ahead of"),
            "set the clock of this machine");
  }
}
