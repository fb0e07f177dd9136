package io.github.lotaprestage.doctor;

import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.RequestFailedException;
import io.github.lotaprestage.s3.probe.Greeting;
import io.github.lotaprestage.s3.probe.Reachability;
import io.github.lotaprestage.s3.probe.SetUp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Checks of the way to the endpoint, step by step: names, connection, TLS, and what answers.
final class NetworkChecks implements AutoCloseable {

  static final String SERVICE = "service";

  private static final String DNS = "dns";
  private static final String BUCKET_DNS = "bucket_dns";
  private static final String TCP = "tcp";
  private static final String TLS = "tls";

  /// The time for one step. A check that tries a second thing has twice as long.
  private static final Duration STEP = Duration.ofMillis(2300);

  private static final Duration TWO_STEPS = STEP.multipliedBy(2).plusMillis(400);

  private final SetUp setUp;
  private final Optional<String> bucket;
  private @Nullable Reachability way;
  private boolean endpointResolved;
  private @Nullable Greeting greeting;

  /// @param bucket empty if no target names one
  NetworkChecks(SetUp setUp, Optional<String> bucket) {
    this.setUp = setUp;
    this.bucket = bucket;
  }

  List<Check> all() {
    List<Check> checks = new ArrayList<>();
    checks.add(
        Check.other(DNS, STEP, _ -> dns(), SettingsChecks.ADDRESSING, SettingsChecks.AUTHORITIES));
    if (bucket.isPresent()) {
      checks.add(Check.other(BUCKET_DNS, TWO_STEPS, _ -> bucketDns(bucket.get()), DNS));
    }
    checks.add(Check.other(TCP, STEP, this::tcp, DNS, BUCKET_DNS));
    checks.add(Check.other(TLS, TWO_STEPS, _ -> tls(), TCP));
    checks.add(Check.other(SERVICE, TWO_STEPS, _ -> service(), TLS));
    checks.add(Check.other("clock", STEP, _ -> clock(), SERVICE));
    return checks;
  }

  Reachability way() {
    return Objects.requireNonNull(way, "the names come first");
  }

  private boolean bucketHasHost() {
    return bucket.isPresent() && !setUp.pathStyle();
  }

  /// Where the requests of a run go, as far as that is known.
  private Reachability.Place place() {
    return bucket.map(way()::bucket).orElse(way().endpoint());
  }

  /// A name for the endpoint itself is not needed if each bucket has one.
  private Verdict dns() throws RequestFailedException {
    Reachability reachability = new Reachability(setUp);
    way = reachability;
    Reachability.Place endpoint = reachability.endpoint();
    try {
      Verdict found = resolved(endpoint);
      endpointResolved = true;
      return found;
    } catch (RequestFailedException e) {
      if (!bucketHasHost()) {
        throw e;
      }
      return Verdict.warn(e.error().describe() + " (requests go to the host of the bucket)", null);
    }
  }

  private Verdict resolved(Reachability.Place place) throws RequestFailedException {
    List<String> addresses = way().resolve(place, STEP);
    return Verdict.ok(
        place.host()
            + " is "
            + addresses.getFirst()
            + (addresses.size() == 1 ? "" : " and " + (addresses.size() - 1) + " more"));
  }

  private Verdict bucketDns(String name) throws RequestFailedException {
    if (setUp.pathStyle()) {
      return Verdict.ok("not needed, because the bucket is in the path");
    }
    try {
      return resolved(way().bucket(name));
    } catch (RequestFailedException e) {
      boolean wrongStyle = endpointResolved && !setUp.isLota() && way().acceptsPath(name, STEP);
      return wrongStyle
          ? Verdict.failure(e.error())
              .withFix("add --path-style: the store answers if the bucket is in the path")
          : Verdict.failure(e.error());
    }
  }

  private Verdict tcp(Duration limit) throws RequestFailedException {
    way().connect(place(), limit);
    return Verdict.ok(place().host() + " accepts connections");
  }

  private Verdict tls() throws RequestFailedException {
    if (!setUp.isHttps()) {
      return Verdict.ok("not used, because the endpoint is http://");
    }
    try {
      way().secure(place(), STEP);
      return Verdict.ok("the certificate of " + place().host() + " is valid");
    } catch (RequestFailedException e) {
      boolean mayBePlain =
          switch (e.error().code()) {
            case "ConnectionLost", "ConnectTimeout", "TlsError" -> true;
            default -> false;
          };
      if (mayBePlain && way().speaksPlainHttp(place(), STEP)) {
        return Verdict.failure(
            wrongScheme("the endpoint answers plain HTTP; it needs http:// instead of https://"));
      }
      throw e;
    }
  }

  private static Failure wrongScheme(String message) {
    return Failure.local(Failure.Kind.REJECTED, "WrongScheme", message);
  }

  private Verdict service() {
    try {
      Greeting answer = way().greet(place(), STEP);
      greeting = answer;
      return answer.fromS3()
          ? Verdict.ok("an S3 store answers (status " + answer.status() + ")")
          : somethingElse(answer);
    } catch (RequestFailedException e) {
      return unanswered(e.error());
    }
  }

  private boolean needsTls() {
    return !setUp.isHttps() && way().speaksTls(place(), STEP);
  }

  private static Verdict needsHttps() {
    return Verdict.failure(
        wrongScheme("the endpoint speaks TLS; it needs https:// instead of http://"));
  }

  private Verdict somethingElse(Greeting answer) {
    if (needsTls()) {
      return needsHttps();
    }
    String found =
        "status "
            + answer.status()
            + (answer.contentType().isEmpty() ? "" : ", " + answer.contentType())
            + answer.location().map(to -> ", redirects to " + to).orElse("");
    return switch (answer.status()) {
      // a gateway before a store may refuse what is not signed
      case 400, 401, 403 ->
          Verdict.warn(
              "the answer to a request without a signature does not show an S3 store: " + found,
              "check --endpoint-url if the next checks fail");
      case 407 ->
          Verdict.failure(
              Failure.local(
                  Failure.Kind.REJECTED, "Http407", "a proxy asks for credentials: " + found));
      default ->
          Verdict.failure(
              Failure.local(
                  Failure.Kind.REJECTED,
                  "NotS3",
                  "something that is not an S3 store answers, such as a web page or a login: "
                      + found));
    };
  }

  private Verdict unanswered(Failure error) {
    return switch (error.code()) {
      case "ReadTimeout" ->
          Verdict.failure(
              Failure.local(
                  Failure.Kind.UNREACHABLE,
                  "NoAnswer",
                  "%s accepts connections, but has not answered for %.1f s"
                      .formatted(place().host(), STEP.toMillis() / 1000.0)));
      case "WrongScheme", "UntrustedCertificate", "ExpiredCertificate", "TlsError" ->
          Verdict.failure(error);
      default -> needsTls() ? needsHttps() : Verdict.failure(error);
    };
  }

  /// Stores accept signatures that are at most 15 minutes off. A run learns the time of the store.
  private Verdict clock() {
    Greeting answer = Objects.requireNonNull(greeting, "the answer comes first");
    Duration ahead = answer.aheadOfUs();
    if (ahead == null) {
      return Verdict.warn(
          "not compared, because the answer has no Date", "check that the clock is synchronised");
    }
    long seconds = Math.abs(ahead.toSeconds());
    return seconds <= Reachability.TOLERATED_OFFSET.toSeconds()
        ? Verdict.ok("%d s from the time of the store".formatted(seconds))
        : Verdict.warn(
            "the clock of this machine is %d seconds %s the store's; a run signs with the store's time"
                .formatted(seconds, ahead.isPositive() ? "behind" : "ahead of"),
            "set the clock of this machine");
  }

  @Override
  public void close() {
    if (way != null) {
      way.close();
    }
  }
}
