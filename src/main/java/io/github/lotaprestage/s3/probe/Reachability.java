package io.github.lotaprestage.s3.probe;

import io.github.lotaprestage.object.RequestFailedException;
import io.github.lotaprestage.s3.config.CaBundle;
import io.github.lotaprestage.s3.config.Endpoint;
import io.github.lotaprestage.s3.config.SigningRegion;
import io.github.lotaprestage.s3.errors.S3Errors;
import io.github.lotaprestage.s3.http.AnswerWatch;
import io.github.lotaprestage.s3.http.Connection;
import io.github.lotaprestage.s3.http.Connections;
import io.github.lotaprestage.s3.http.Dates;
import io.github.lotaprestage.s3.http.Resolver;
import io.github.lotaprestage.s3.http.StoreClock;
import io.github.lotaprestage.s3.sign.RequestSigner;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSocketFactory;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.Method;
import org.jspecify.annotations.Nullable;

/// The way to an endpoint, step by step: its name, a connection, TLS, and an answer to a request
/// without a signature. Each step is one attempt, made as in a run.
public final class Reachability implements AutoCloseable {

  /// A clock that differs by more is worth a word, though a run learns the time of the store.
  public static final Duration TOLERATED_OFFSET = StoreClock.TOLERATED;

  /// The part of an error that is searched for its region.
  private static final int ERROR_BYTES = 4096;

  private static final Pattern REGION = Pattern.compile("<Region>([^<]{1,64})</Region>");

  /// Where requests go.
  ///
  /// @param bucket empty if no bucket is known
  public record Place(String host, String bucket) {}

  private final Endpoint endpoint;
  private final StoreClock clock = new StoreClock();
  private final Connections connections;
  private volatile @Nullable Duration aheadOfUs;
  private volatile Optional<String> namedRegion = Optional.empty();

  /// @param setUp with its endpoint and its authorities
  public Reachability(SetUp setUp) {
    Resolver.leaveCachingToResolvers();
    this.endpoint = setUp.resolvedEndpoint();
    this.connections =
        new Connections(
            () ->
                setUp
                    .readAuthorities()
                    .map(CaBundle::sockets)
                    .orElseGet(() -> (SSLSocketFactory) SSLSocketFactory.getDefault()),
            AnswerWatch.withoutWaits(clock));
  }

  /// The host of the endpoint.
  public Place endpoint() {
    return new Place(endpoint.host(), "");
  }

  /// The host for requests to a bucket.
  public Place bucket(String bucket) {
    return new Place(RequestSigner.host(endpoint, bucket).getHostName(), bucket);
  }

  /// Resolves a host name.
  ///
  /// @return the addresses as text, at least one
  public List<String> resolve(Place place, Duration limit) throws RequestFailedException {
    try {
      return connections.resolve(place.host(), limit).stream()
          .map(InetAddress::getHostAddress)
          .toList();
    } catch (IOException e) {
      throw S3Errors.unanswered(e);
    }
  }

  /// Whether no name server has answered, which says nothing about the name.
  public static boolean isSilenceOfNameServers(RequestFailedException e) {
    return e.getCause() instanceof Resolver.NoAnswerException;
  }

  /// Opens a TCP connection and closes it.
  public void connect(Place place, Duration limit) throws RequestFailedException {
    open("http", place, limit);
  }

  /// Opens a connection, makes a TLS handshake, and closes it.
  public void secure(Place place, Duration limit) throws RequestFailedException {
    open("https", place, limit);
  }

  private void open(String scheme, Place place, Duration limit) throws RequestFailedException {
    try {
      connections.open(new HttpHost(scheme, place.host(), port()), limit);
    } catch (IOException e) {
      throw S3Errors.unanswered(e);
    }
  }

  /// Whether the port of the endpoint speaks TLS, whatever its certificate.
  public boolean speaksTls(Place place, Duration limit) {
    try {
      secure(place, limit);
      return true;
    } catch (RequestFailedException e) {
      return switch (e.error().code()) {
        case "UntrustedCertificate", "ExpiredCertificate", "ClientCertificateRequired" -> true;
        default -> e.error().message().contains("name matching");
      };
    }
  }

  /// Whether the port of the endpoint answers HTTP without TLS.
  public boolean speaksPlainHttp(Place place, Duration limit) {
    try {
      greet("http", place, endpoint.pathStyle(), limit);
      return true;
    } catch (RequestFailedException e) {
      return false;
    }
  }

  /// Sends one LIST without a signature.
  public Greeting greet(Place place, Duration limit) throws RequestFailedException {
    return greet(endpoint.url().getScheme(), place, endpoint.pathStyle(), limit);
  }

  /// Whether a store answers if the bucket is in the path.
  public boolean acceptsPath(String bucket, Duration limit) {
    try {
      Greeting greeting =
          greet(endpoint.url().getScheme(), new Place(endpoint.host(), bucket), true, limit);
      return greeting.fromS3() && (greeting.status() == 200 || greeting.status() == 403);
    } catch (RequestFailedException e) {
      return false;
    }
  }

  private Greeting greet(String scheme, Place place, boolean inPath, Duration limit)
      throws RequestFailedException {
    HttpHost host = new HttpHost(scheme, place.host(), port());
    boolean usual = port() == (scheme.equals("https") ? 443 : 80);
    String request =
        "GET /%s?list-type=2&max-keys=1 HTTP/1.1\r\nUser-Agent: lota-prestage\r\nHost: %s\r\n\r\n"
            .formatted(inPath ? place.bucket() : "", usual ? place.host() : host.toHostString());
    try {
      return Greeting.of(send(host, Method.GET, request, limit));
    } catch (IOException e) {
      throw S3Errors.unanswered(e);
    }
  }

  /// Whether an answer began to arrive before the time was over.
  public static boolean hasBegun(RequestFailedException e) {
    return e.getCause() instanceof Connection.UnfinishedException;
  }

  /// Sends a request as it is, and notes the time of the answer and the region that it names.
  ClassicHttpResponse send(HttpHost host, Method method, String request, Duration limit)
      throws IOException {
    ClassicHttpResponse answer = connections.send(host, method, request, limit);
    Header date = answer.getFirstHeader(HttpHeaders.DATE);
    Instant theirs = date == null ? null : Dates.http(date.getValue());
    if (theirs != null && answer.getFirstHeader(HttpHeaders.AGE) == null) { // else a cache's
      aheadOfUs = Duration.between(Instant.now(), theirs);
    }
    namedRegion = region(answer);
    return answer;
  }

  /// The region of the bucket, as an S3 store names it if it refuses a request.
  private static Optional<String> region(ClassicHttpResponse answer) throws IOException {
    if (answer.getCode() < HttpStatus.SC_REDIRECTION) {
      return Optional.empty();
    }
    Header header = answer.getFirstHeader("x-amz-bucket-region");
    String name = header == null ? "" : header.getValue();
    if (header == null && answer.getEntity() != null) {
      byte[] beginning = answer.getEntity().getContent().readNBytes(ERROR_BYTES);
      Matcher element = REGION.matcher(new String(beginning, StandardCharsets.UTF_8));
      name = element.find() ? element.group(1) : "";
    }
    return Optional.of(name).filter(SigningRegion::isName);
  }

  /// The region that the last answer named; empty if it named none.
  public Optional<String> namedRegion() {
    return namedRegion;
  }

  /// How far the clock of the store is ahead of this machine's, by the last answer with a date;
  /// null if there was none.
  public @Nullable Duration aheadOfUs() {
    return aheadOfUs;
  }

  /// The port of the endpoint.
  public int port() {
    return endpoint.port() > 0 ? endpoint.port() : endpoint.isHttps() ? 443 : 80;
  }

  Connections connections() {
    return connections;
  }

  StoreClock clock() {
    return clock;
  }

  @Override
  public void close() {
    connections.close();
  }
}
