package io.github.lotaprestage.doctor;

import static io.github.lotaprestage.doctor.BrokenSetUpsTest.Case.when;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Answer;
import io.github.lotaprestage.fixture.Cli;
import io.github.lotaprestage.fixture.Fault;
import io.github.lotaprestage.fixture.HttpServer;
import io.github.lotaprestage.fixture.Result;
import io.github.lotaprestage.fixture.TestStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// Set-ups that are broken in one way each: the doctor names the fault and its fix, stages nothing,
/// and ends in time.
@Timeout(120)
class BrokenSetUpsTest {

  private static final DateTimeFormatter HTTP =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private static final Duration MOST = Duration.ofSeconds(14);

  @TempDir private static Path shared;
  @TempDir private Path directory;

  /// Runs the doctor in a set-up.
  interface Story {
    Result tell(Scene scene) throws Exception;
  }

  /// What the doctor has to find.
  ///
  /// @param status of the check, and of no other check a worse one
  /// @param parts of its text and its fix
  record Case(String name, Story story, int exit, String check, String status, List<String> parts) {

    static Building when(String name, Story story) {
      return new Building(name, story);
    }

    record Building(String name, Story story) {
      Case fails(int exit, String check, String... parts) {
        return new Case(name, story, exit, check, "fail", List.of(parts));
      }

      Case warns(String check, String... parts) {
        return new Case(name, story, 0, check, "warn", List.of(parts));
      }
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static Fault.Plan denied(String method) {
    return (request, _, _, _) ->
        request.method().equals(method) && !request.header("authorization").isEmpty()
            ? Fault.status(403, "AccessDenied")
            : Fault.NONE;
  }

  private static Fault.Plan signed(int status, String code) {
    return (request, _, _, _) ->
        request.header("authorization").isEmpty() ? Fault.NONE : Fault.status(status, code);
  }

  private static Result run(Cli cli) {
    return cli.json("--doctor s3://bucket/data/");
  }

  private static Cli profile(Scene scene, String content) throws Exception {
    return Cli.bare()
        .env("AWS_CONFIG_FILE", scene.file("config", content).toString())
        .env("AWS_ENDPOINT_URL", "http://localhost:1");
  }

  private static Certificates certificates() throws Exception {
    return new Certificates(Files.createTempDirectory(shared, "ca"));
  }

  static Stream<Case> settings() {
    return Stream.of(
        when("https to LOTA", _ -> run(Cli.at("https://cwlota.com")))
            .fails(2, "endpoint", "plain HTTP only", "use http://cwlota.com"),
        when("the primary endpoint", _ -> run(Cli.at("https://cwobject.com")))
            .fails(2, "endpoint", "fills no cache", "http://cwlota.com"),
        when("no scheme", _ -> run(Cli.at("localhost:80")))
            .fails(2, "endpoint", "AWS_ENDPOINT_URL", "scheme"),
        when("not LOTA", scene -> run(scene.lota()))
            .warns("endpoint", "not LOTA", "http://cwlota.com"),
        when(
                "path style with LOTA",
                _ -> Cli.at("http://cwlota.com").json("--doctor --path-style s3://bucket/"))
            .fails(2, "addressing", "--path-style", "LOTA rejects"),
        when(
                "a dot in the bucket with TLS",
                _ -> Cli.at("https://localhost:1").json("--doctor s3://my.bucket/"))
            .fails(2, "addressing", "my.bucket", "--path-style"),
        when(
                "a file that cannot be read",
                scene -> run(Cli.bare().env("AWS_CONFIG_FILE", scene.directory().toString())))
            .fails(2, "configuration", "is a directory", "choose another file"),
        when(
                "a file that is no configuration",
                scene -> run(profile(scene, "[default\nregion = x\n")))
            .fails(2, "configuration", "line 1", "no ']'"),
        when(
                "a file that hangs",
                scene -> {
                  Path pipe = scene.directory().resolve("pipe");
                  assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                      .isZero();
                  return run(Cli.bare().env("AWS_CONFIG_FILE", pipe.toString()));
                })
            .fails(2, "configuration", "no result within", "hangs"),
        when(
                "a profile that does not exist",
                scene -> profile(scene, "[cw]\n").json("--doctor --profile nope s3://bucket/"))
            .fails(2, "configuration", "profile 'nope' (from --profile) does not exist"),
        when(
                "AWS_PROFILE that does not exist",
                scene -> run(scene.lota().env("AWS_PROFILE", "nope")))
            .warns("configuration", "profile 'nope' (from AWS_PROFILE) does not exist"),
        when(
                "a region that is no name",
                _ -> Cli.at("http://localhost:1").json("--doctor --region 'us east' s3://bucket/"))
            .fails(2, "region", "--region", "not a valid name"),
        when(
                "a bundle that does not exist",
                _ -> run(Cli.at("https://localhost:1").env("AWS_CA_BUNDLE", "/missing.pem")))
            .fails(2, "authorities", "AWS_CA_BUNDLE /missing.pem", "no such file"),
        when("a proxy", scene -> run(scene.lota().env("https_proxy", "http://user:hidden@proxy:1")))
            .warns("proxy", "https_proxy", "ignores proxies"));
  }

  static Stream<Case> network() {
    return Stream.of(
        when("a name that does not exist", _ -> run(Cli.at("http://nowhere.localhost")))
            .fails(3, "bucket_dns", "bucket.nowhere.localhost", "--endpoint-url"),
        when("the same without a target", _ -> Cli.at("http://nowhere.localhost").json("--doctor"))
            .fails(3, "dns", "nowhere.localhost", "--endpoint-url"),
        when("no name for buckets", scene -> scene.pathStore().json("--doctor s3://nameless/data/"))
            .fails(3, "bucket_dns", "nameless.localhost"),
        when("a port that is closed", _ -> run(Cli.at("http://localhost:" + Scene.unusedPort())))
            .fails(3, "tcp", "ConnectionRefused", "--endpoint-url"),
        when("a server that never answers", scene -> run(scene.silent("http")))
            .fails(3, "service", "NoAnswer", "has not answered"),
        when(
                "https to a port without TLS",
                scene -> run(Cli.at("https://localhost:" + scene.server(Scene::s3).port())))
            .fails(3, "tls", "WrongScheme", "http:// instead of https://"),
        when("https to a server that never answers", scene -> run(scene.silent("https")))
            .fails(3, "tls", "ConnectTimeout", "TLS handshake"),
        when("a web page", scene -> run(scene.answering(_ -> Scene.html(200))))
            .fails(3, "service", "NotS3", "text/html", "--endpoint-url"),
        when("a page that is missing", scene -> run(scene.answering(_ -> Scene.html(404))))
            .fails(3, "service", "NotS3", "status 404"),
        when(
                "a login",
                scene ->
                    run(
                        scene.answering(_ ->
                            Answer.empty(302)
                                .with("Location", "https://login.example/a?token=hidden"))))
            .fails(3, "service", "NotS3", "redirects to https://login.example/a"),
        when("a proxy that asks for a login", scene -> run(scene.answering(_ -> Answer.empty(407))))
            .fails(3, "service", "Http407", "without that proxy"),
        when(
                "a clock that is two hours behind",
                scene ->
                    run(
                        scene.answering(request ->
                            Scene.s3(request)
                                .with(
                                    "Date", HTTP.format(Instant.now().plus(Duration.ofHours(2)))))))
            .warns("clock", "seconds behind", "set the clock"));
  }

  static Stream<Case> tls() throws Exception {
    Certificates ca = certificates();
    var untrusted = certificates().sockets(false, "localhost", "bucket.localhost");
    var good = ca.sockets(false, "localhost", "bucket.localhost");
    var expired = ca.sockets(true, "localhost", "bucket.localhost");
    var other = ca.sockets(false, "localhost", "other.localhost");
    return Stream.of(
        when(
                "a certificate of an unknown authority",
                scene -> over(scene.server(Scene::s3, untrusted), ca))
            .fails(3, "tls", "UntrustedCertificate", "--ca-bundle"),
        when("a certificate that has expired", scene -> over(scene.server(Scene::s3, expired), ca))
            .fails(3, "tls", "ExpiredCertificate", "renew the certificate", "clock"),
        when("a certificate for another host", scene -> over(scene.server(Scene::s3, other), ca))
            .fails(3, "tls", "TlsError", "bucket.localhost"),
        when(
                "http to a port with TLS",
                scene -> run(Cli.at("http://localhost:" + scene.server(Scene::s3, good).port())))
            .fails(3, "service", "WrongScheme", "https:// instead of http://"),
        when("all is well with TLS", scene -> over(scene.server(Scene::s3, good), ca))
            .warns("endpoint", "not LOTA"));
  }

  private static Result over(HttpServer server, Certificates ca) {
    return Cli.at("https://localhost:" + server.port())
        .json("--doctor s3://bucket/data/ --ca-bundle", ca.bundle());
  }

  static Stream<Case> credentials() {
    String process = "[default]\ncredential_process = ";
    String expired =
        "echo '{\"Version\":1,\"AccessKeyId\":\"%s\",\"SecretAccessKey\":\"%s\",\"Expiration\":\"%s\"}'"
            .formatted(TestStore.ACCESS_KEY, TestStore.SECRET_KEY, "2001-01-01T00:00:00Z");
    return Stream.of(
        when("no credentials", _ -> run(Cli.bare()))
            .fails(3, "credentials", "NoCredentials", "AWS_ACCESS_KEY_ID"),
        when("a process that fails", scene -> run(profile(scene, process + "exit 7")))
            .fails(3, "credentials", "credential_process ended with status 7"),
        when("a process that hangs", scene -> run(profile(scene, process + "sleep 1000")))
            .fails(3, "credentials", "credential_process has not answered"),
        when("credentials that have expired", scene -> run(profile(scene, process + expired)))
            .fails(3, "credentials", "expired at 2001-01-01T00:00:00Z"),
        when("a role", scene -> run(profile(scene, "[default]\nrole_arn = arn:x\n")))
            .fails(3, "credentials", "role_arn is not supported"),
        when(
                "a container endpoint that hangs",
                scene -> {
                  HttpServer server = scene.server(_ -> Answer.fate(Answer.Fate.STALLED));
                  return run(
                      Cli.bare()
                          .env("AWS_ENDPOINT_URL", "http://localhost:1")
                          .env(
                              "AWS_CONTAINER_CREDENTIALS_FULL_URI",
                              "http://127.0.0.1:" + server.port()));
                })
            .fails(3, "credentials", "AWS_CONTAINER_CREDENTIALS_FULL_URI"),
        when("an expired token", scene -> run(scene.lota(signed(400, "ExpiredToken"))))
            .fails(3, "list", "ExpiredToken", "renew the credentials"),
        when(
                "a wrong secret",
                scene -> run(scene.lota().env("AWS_SECRET_ACCESS_KEY", "not-the-secret")))
            .fails(3, "list", "SignatureDoesNotMatch", "check the secret access key"),
        when(
                "an unknown key",
                scene -> run(scene.lota().env("AWS_ACCESS_KEY_ID", "NOTTHEKEY12345")))
            .fails(3, "list", "InvalidAccessKeyId", "organisation"));
  }

  static Stream<Case> rights() {
    return Stream.of(
        when("LIST is denied", scene -> run(scene.lota(denied("GET"))))
            .fails(3, "list", "AccessDenied", "s3:ListBucket"),
        when(
                "LIST is denied and one key is named",
                scene -> scene.lota(denied("GET")).json("--doctor s3://bucket/data/a"))
            .warns("list", "AccessDenied", "s3:ListBucket"),
        when("HEAD is denied", scene -> run(scene.lota(denied("HEAD"))))
            .fails(3, "head", "may list the bucket but not read it", "s3:GetObject"),
        when("nothing is allowed", scene -> run(scene.lota(signed(403, "AccessDenied"))))
            .fails(3, "list", "AccessDenied"),
        when(
                "a wrong region",
                scene -> run(scene.lota(signed(400, "AuthorizationHeaderMalformed"))))
            .fails(3, "list", "AuthorizationHeaderMalformed", "--region"),
        when(
                "a region that the store does not know",
                scene -> run(scene.lota(signed(400, "InvalidRegion"))))
            .fails(3, "list", "InvalidRegion", "--region"),
        when(
                "a bucket that does not exist",
                scene -> scene.lota().json("--doctor s3://missing-bucket/"))
            .fails(3, "list", "NoSuchBucket", "check the bucket name"),
        when("a key that does not exist", scene -> scene.lota().json("--doctor s3://bucket/nope"))
            .fails(3, "head", "NoSuchKey", "check the key"),
        when("a prefix without its slash", scene -> scene.lota().json("--doctor s3://bucket/data"))
            .fails(3, "head", "NoSuchKey", "write it as s3://bucket/data/"),
        when("a prefix without objects", scene -> scene.lota().json("--doctor s3://bucket/none/"))
            .warns("list", "nothing matches"),
        when(
                "path style where it is refused",
                scene -> scene.lota().json("--doctor --path-style s3://bucket/data/"))
            .fails(3, "list", "leave out --path-style"),
        when("a store that throttles", scene -> run(scene.lota(signed(503, "SlowDown"))))
            .warns("list", "SlowDown"),
        when(
                "a store that needs path style",
                scene ->
                    run(
                        scene.answering(request ->
                            request.path().startsWith("/bucket") && request.method().equals("GET")
                                ? Scene.s3(request)
                                : Answer.error(403, "AccessDenied", "no"))))
            .fails(3, "list", "add --path-style"));
  }

  static Stream<Case> all() throws Exception {
    return Stream.of(settings(), network(), tls(), credentials(), rights()).flatMap(each -> each);
  }

  @ParameterizedTest
  @MethodSource("all")
  void theFaultIsNamed(Case each) throws Exception {
    long start = System.nanoTime();
    Result result;
    try (Scene scene = new Scene(directory)) {
      result = each.story().tell(scene);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).as(result.toString()).isLessThan(MOST);
    result.exits(each.exit());
    List<JsonNode> checks = result.json();
    JsonNode check = named(checks, each.check());
    assertThat(check.get("status").asString()).as(result.toString()).isEqualTo(each.status());
    assertThat(text(check) + "; " + text(check, "fix"))
        .as(result.toString())
        .contains(each.parts());
    if (each.status().equals("fail")) {
      assertThat(text(check, "fix")).as(result.toString()).isNotEmpty();
    }
    assertThat(result.out() + result.err())
        .doesNotContain(TestStore.SECRET_KEY, "not-the-secret", "hidden", "\tat ");
  }

  private static JsonNode named(List<JsonNode> checks, String name) {
    return checks.stream()
        .filter(each -> text(each, "name").equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no check " + name + " in " + checks));
  }

  private static String text(JsonNode check) {
    return text(check, "text");
  }

  private static String text(JsonNode check, String field) {
    return check.has(field) ? check.get(field).asString() : "";
  }
}
