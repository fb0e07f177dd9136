package io.github.lotaprestage.doctor;

import static io.github.lotaprestage.doctor.Case.when;

import io.github.lotaprestage.fixture.Answer;
import io.github.lotaprestage.fixture.Cli;
import io.github.lotaprestage.fixture.HttpServer;
import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.Result;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Networks and endpoints that are broken in one way each.
@Timeout(120)
class BrokenNetworksTest {

  @TempDir private static Path shared;
  @TempDir private Path directory;

  private static Result run(Cli cli) {
    return cli.json("--doctor s3://bucket/data/");
  }

  private static Result answering(Scene scene, HttpServer.Handler handler) {
    return run(scene.answering(handler));
  }

  static Stream<Case> network() {
    return Stream.of(
        when("a name that does not exist", _ -> run(Cli.at("http://nowhere.localhost")))
            .fails(3, "bucket_dns", "bucket.nowhere.localhost", "AWS_ENDPOINT_URL", "--path-style")
            .alsoWarns("dns"),
        when("the same without a target", _ -> Cli.at("http://nowhere.localhost").json("--doctor"))
            .fails(3, "dns", "nowhere.localhost", "AWS_ENDPOINT_URL"),
        when("LOTA outside of its cluster", _ -> run(Cli.at("http://cwlota.com")))
            .fails(3, "bucket_dns", "bucket.cwlota.com", "inside a CKS cluster")
            .alsoWarns("dns"),
        when(
                "path style needed by names",
                scene -> scene.pathStore().json("--doctor s3://nameless/data/"))
            .fails(3, "bucket_dns", "nameless.localhost", "add --path-style"),
        when(
                "the name of a second bucket",
                scene -> scene.lota().json("--doctor s3://bucket/data/ s3://nameless/"))
            .fails(3, "bucket_dns", "nameless.test.cwlota.com"),
        when(
                "a port that is closed",
                _ -> run(Cli.at("http://test.cwlota.com:" + Scene.unusedPort())))
            .fails(3, "tcp", "ConnectionRefused", "AWS_ENDPOINT_URL", "inside a CKS cluster"),
        when(
                "a host that has only IPv6 addresses",
                _ -> run(Cli.at("http://six.localhost:" + Scene.unusedPort())))
            .fails(3, "tcp", "AWS_ENDPOINT_URL", "only IPv6 addresses"),
        when("a host that drops packets", scene -> run(scene.blackhole()))
            .fails(3, "tcp", "ConnectTimeout", "timed out", "firewalls"),
        when("a server that never answers", scene -> run(scene.silent("http")))
            .fails(3, "service", "NoAnswer", "has not answered"),
        when("a server that sends a byte a second", scene -> run(scene.dripping()))
            .fails(3, "service", "NoAnswer", "began to answer, but has not finished"),
        when(
                "https to a port without TLS",
                scene -> run(Cli.at("https://localhost:" + scene.server(Scene::s3).port())))
            .fails(3, "tls", "WrongScheme", "http:// instead of https://"),
        when("https to a server that never answers", scene -> run(scene.silent("https")))
            .fails(3, "tls", "ConnectTimeout", "TLS handshake", "a proxy on the way may cut TLS"),
        when("another protocol", scene -> run(scene.saying("SSH-2.0-OpenSSH_9.6\r\n")))
            .fails(3, "service", "NotHttp", "not as a web server does", "port"),
        when("HTTP/2", scene -> run(scene.saying("\0\0\6\4\0\0\0\0\0\0\3\0\0\0x")))
            .fails(3, "service", "NotHttp"),
        when("a server that closes every connection", scene -> run(scene.saying("")))
            .fails(3, "service", "ConnectionLost", "closes them", "firewall"),
        when(
                "an answer that is cut off",
                scene -> run(scene.saying("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nxx")))
            .fails(3, "service", "ConnectionLost"));
  }

  static Stream<Case> services() {
    return Stream.of(
        when("a web page", scene -> answering(scene, _ -> Scene.html(200)))
            .fails(3, "service", "NotS3", "text/html", "AWS_ENDPOINT_URL"),
        when("a page that is missing", scene -> answering(scene, _ -> Scene.html(404)))
            .fails(3, "service", "NotS3", "status 404"),
        when("an empty answer", scene -> answering(scene, _ -> Answer.empty(200)))
            .fails(3, "service", "NotS3", "status 200"),
        when(
                "a page of a content network",
                scene -> answering(scene, _ -> Scene.html(403).with("x-amz-cf-id", "1")))
            .fails(3, "list", "Forbidden (403)")
            .alsoWarns("service", "clock"),
        when("a page of 17 MiB", scene -> answering(scene, _ -> Answer.of(200, new byte[17 << 20])))
            .fails(3, "service", "NotS3"),
        when(
                "a login",
                scene ->
                    answering(
                        scene,
                        _ ->
                            Answer.empty(302)
                                .with(
                                    "Location", "https://me:hidden@login.example/a?token=hidden")))
            .fails(3, "service", "NotS3", "redirects to https://***@login.example/a"),
        when(
                "a redirect to https",
                scene ->
                    answering(
                        scene,
                        request ->
                            Answer.empty(301)
                                .with("Location", "https://bucket.test.cwlota.com/?list-type=2")))
            .fails(3, "service", "WrongScheme", "redirects to https://", "--endpoint-url"),
        when("a proxy that asks for a login", scene -> answering(scene, _ -> Answer.empty(407)))
            .fails(3, "service", "Http407", "without that login"),
        when("a network that asks for a login", scene -> answering(scene, _ -> Scene.html(511)))
            .fails(3, "service", "Http511", "network login"),
        when("a gateway without its store", scene -> answering(scene, _ -> Scene.html(502)))
            .fails(3, "service", "NotS3", "status 502", "whether the store is up"),
        when("a balancer without a backend", scene -> answering(scene, _ -> Scene.html(503)))
            .fails(3, "service", "NotS3", "status 503", "whether the store is up"),
        when("a clock that is behind", scene -> answering(scene, at(Duration.ofHours(2))))
            .warns("clock", "seconds behind", "set the clock"),
        when("a clock that is ahead", scene -> answering(scene, at(Duration.ofHours(-2))))
            .warns("clock", "seconds ahead of", "set the clock"));
  }

  private static HttpServer.Handler at(Duration ahead) {
    return request -> Scene.s3(request).with("Date", LotaEmulator.date(Instant.now().plus(ahead)));
  }

  static Stream<Case> tls() throws Exception {
    Certificates ca = new Certificates(shared);
    var good = ca.sockets("-10d", 100, "localhost", "bucket.localhost");
    var expired = ca.sockets("-10d", 5, "localhost", "bucket.localhost");
    var future = ca.sockets("+10d", 100, "localhost", "bucket.localhost");
    var other = ca.sockets("-10d", 100, "localhost", "other.localhost");
    return Stream.of(
        when(
                "a certificate of an unknown authority",
                scene -> run(Cli.at("https://localhost:" + scene.server(Scene::s3, good).port())))
            .fails(3, "tls", "UntrustedCertificate", "--ca-bundle"),
        when("a certificate that has expired", scene -> over(scene.server(Scene::s3, expired), ca))
            .fails(3, "tls", "ExpiredCertificate", "renew the certificate", "clock"),
        when(
                "a certificate that is not valid yet",
                scene -> over(scene.server(Scene::s3, future), ca))
            .fails(3, "tls", "ExpiredCertificate", "not valid yet", "clock"),
        when(
                "a bucket with a dot that a list names",
                scene ->
                    Cli.at("https://localhost:" + scene.server(Scene::s3, good).port())
                        .json(
                            "--doctor --ca-bundle",
                            ca.bundle(),
                            "--files-from",
                            scene.file("l", "s3://dotted.bucket/a\n")))
            .fails(3, "tls", "TlsError", "dotted.bucket.localhost", "add --path-style"),
        when("a certificate for another host", scene -> over(scene.server(Scene::s3, other), ca))
            .fails(3, "tls", "TlsError", "bucket.localhost"),
        when(
                "http to a port with TLS",
                scene ->
                    run(Cli.at("http://test.cwlota.com:" + scene.server(Scene::s3, good).port())))
            .fails(3, "service", "WrongScheme", "https:// instead of http://"),
        when("all is well with TLS", scene -> over(scene.server(Scene::s3, good), ca))
            .warns("endpoint", "not LOTA"));
  }

  private static Result over(HttpServer server, Certificates ca) {
    return Cli.at("https://localhost:" + server.port())
        .json("--doctor s3://bucket/data/ --ca-bundle", ca.bundle());
  }

  static Stream<Case> all() throws Exception {
    return Stream.of(network(), services(), tls()).flatMap(each -> each);
  }

  @ParameterizedTest
  @MethodSource("all")
  void theFaultIsNamed(Case each) throws Exception {
    each.examine(directory);
  }
}
