package io.github.lotaprestage.doctor;

import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.RequestFailedException;
import io.github.lotaprestage.s3.probe.Reachability;
import io.github.lotaprestage.s3.probe.SetUp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Checks of the way to the endpoint, step by step: names, connection, TLS.
final class NetworkChecks implements AutoCloseable {

  static final String TLS = "tls";

  private static final String DNS = "dns";
  private static final String BUCKET_DNS = "bucket_dns";
  private static final String TCP = "tcp";

  /// The time for one step.
  static final Duration STEP = Duration.ofMillis(2500);

  /// The time for a check that tries a second thing.
  static final Duration TWO_STEPS = STEP.multipliedBy(2);

  private final SetUp setUp;
  private final Subjects subjects;
  private @Nullable Reachability way;
  private boolean endpointResolved;

  /// Whether the last host that was resolved has no IPv4 address.
  private boolean onlyIpv6;

  NetworkChecks(SetUp setUp, Subjects subjects) {
    this.setUp = setUp;
    this.subjects = subjects;
  }

  List<Check> all() {
    return List.of(
        Check.other(
            DNS,
            STEP,
            this::dns,
            SettingsChecks.ADDRESSING,
            SettingsChecks.AUTHORITIES,
            MachineChecks.FILE_DESCRIPTORS),
        Check.other(BUCKET_DNS, TWO_STEPS, this::bucketDns, DNS),
        Check.other(TCP, STEP, this::tcp, DNS, BUCKET_DNS),
        Check.other(TLS, TWO_STEPS, this::tls, TCP));
  }

  Reachability way() {
    return Objects.requireNonNull(way, "the names come first");
  }

  /// Where the requests of a run go, as far as that is known.
  Reachability.Place place() {
    List<String> buckets = subjects.buckets();
    return buckets.isEmpty() ? way().endpoint() : way().bucket(buckets.getFirst());
  }

  /// The place as `HOST:PORT`.
  String address() {
    return place().host() + ":" + way().port();
  }

  /// A name for the endpoint itself is not needed if each bucket has one.
  private Verdict dns(Duration limit) throws RequestFailedException {
    Reachability reachability = new Reachability(setUp);
    way = reachability;
    Reachability.Place endpoint = reachability.endpoint();
    try {
      Verdict found = resolved(endpoint, limit);
      endpointResolved = true;
      return found;
    } catch (RequestFailedException e) {
      return setUp.pathStyle() || subjects.buckets().isEmpty()
          ? unresolved(e, "check the host in " + setUp.endpointSetting())
          : Verdict.warn(
              e.error().describe() + "; a run needs only the name of the bucket's host",
              "see the result of 'bucket_dns'");
    }
  }

  private Verdict resolved(Reachability.Place place, Duration limit) throws RequestFailedException {
    List<String> addresses = way().resolve(place, limit);
    onlyIpv6 = addresses.stream().allMatch(address -> address.contains(":"));
    return Verdict.ok(
        place.host()
            + " is "
            + addresses.getFirst()
            + (addresses.size() == 1 ? "" : " and " + (addresses.size() - 1) + " more"));
  }

  private Verdict unresolved(RequestFailedException e, String fix) {
    Verdict verdict = Verdict.failure(e.error());
    if (e.error().kind() != Failure.Kind.UNREACHABLE) {
      return verdict;
    }
    if (Reachability.isSilenceOfNameServers(e)) {
      return verdict.withFix(
          "check the name servers of this machine or pod (/etc/resolv.conf), and the way to them");
    }
    return verdict.withFix(
        setUp.isLota()
            ? "run this inside a CKS cluster, where LOTA can be reached, or " + fix
            : fix);
  }

  private Verdict bucketDns(Duration limit) {
    if (subjects.buckets().isEmpty()) {
      return Verdict.noTarget();
    }
    if (setUp.pathStyle()) {
      return Verdict.ok("not needed, because the bucket is in the path");
    }
    long end = System.nanoTime() + limit.toNanos() / 2;
    List<Verdict> found = new ArrayList<>();
    for (String bucket : subjects.buckets()) {
      Duration left = Duration.ofNanos(Math.max(1, end - System.nanoTime()));
      try {
        found.add(resolved(way().bucket(bucket), left));
      } catch (RequestFailedException e) {
        return unresolvedBucket(bucket, e, limit.dividedBy(2));
      }
    }
    return Verdict.worst(found);
  }

  private Verdict unresolvedBucket(String bucket, RequestFailedException e, Duration limit) {
    if (way().endpoint().host().startsWith(bucket + ".")) {
      return Verdict.failure(e.error())
          .withFix(
              "leave the bucket out of %s, because it is put in front of the host"
                  .formatted(setUp.endpointSetting()));
    }
    boolean wrongStyle = endpointResolved && !setUp.isLota() && way().acceptsPath(bucket, limit);
    return wrongStyle
        ? Verdict.failure(e.error())
            .withFix("add --path-style: the store answers if the bucket is in the path")
        : unresolved(
            e,
            "check the name of the bucket and the host in "
                + setUp.endpointSetting()
                + (setUp.isLota()
                    ? ""
                    : "; if the store expects buckets in the path, add --path-style"));
  }

  private Verdict tcp(Duration limit) throws RequestFailedException {
    try {
      way().connect(place(), limit);
      return Verdict.ok(address() + " accepts connections");
    } catch (RequestFailedException e) {
      Verdict verdict = Verdict.failure(e.error());
      return e.error().kind() == Failure.Kind.UNREACHABLE
          ? verdict.withFix(
              "check host and port in %s, and firewalls and network policies on the way%s%s"
                  .formatted(
                      setUp.endpointSetting(),
                      setUp.isLota() ? " (LOTA is reachable only from inside a CKS cluster)" : "",
                      onlyIpv6
                          ? "; the host has only IPv6 addresses, so this machine or pod needs IPv6"
                          : ""))
          : verdict;
    }
  }

  private Verdict tls(Duration limit) throws RequestFailedException {
    if (!setUp.isHttps()) {
      return Verdict.ok("not used, because the endpoint is http://");
    }
    Duration half = limit.dividedBy(2);
    try {
      way().secure(place(), half);
      return Verdict.ok("the certificate of " + place().host() + " is valid");
    } catch (RequestFailedException e) {
      boolean mayBePlain =
          switch (e.error().code()) {
            case "ConnectionLost", "ConnectTimeout", "TlsError" -> true;
            default -> false;
          };
      if (mayBePlain && way().speaksPlainHttp(place(), half)) {
        return Verdict.failure(
            Failure.local(
                Failure.Kind.REJECTED,
                "WrongScheme",
                "the endpoint answers plain HTTP; it needs http:// instead of https://"));
      }
      Verdict verdict = Verdict.failure(e.error());
      return switch (e.error().code()) {
        case "TlsError" ->
            !setUp.pathStyle() && place().bucket().contains(".")
                ? verdict.withFix(
                    "add --path-style: certificates do not cover a bucket name with a dot")
                : verdict;
        case "ConnectionLost", "ConnectTimeout" ->
            verdict.withFix(
                "check host and port in %s; a firewall or a proxy on the way may cut TLS"
                    .formatted(setUp.endpointSetting()));
        default -> verdict;
      };
    }
  }

  @Override
  public void close() {
    if (way != null) {
      way.close();
    }
  }
}
