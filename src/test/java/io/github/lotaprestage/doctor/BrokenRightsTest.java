package io.github.lotaprestage.doctor;

import static io.github.lotaprestage.doctor.Case.when;

import io.github.lotaprestage.fixture.Answer;
import io.github.lotaprestage.fixture.Cli;
import io.github.lotaprestage.fixture.Fault;
import io.github.lotaprestage.fixture.Request;
import io.github.lotaprestage.fixture.Result;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Stores that refuse a request in one way each.
@Timeout(120)
class BrokenRightsTest {

  private static final String MALFORMED =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <Error><Code>AuthorizationHeaderMalformed</Code><Message>the region is wrong</Message>
      <Region>eu-west-1</Region></Error>
      """;

  @TempDir private Path directory;

  private static Result run(Cli cli) {
    return cli.json("--doctor s3://bucket/data/");
  }

  private static boolean isSigned(Request request) {
    return !request.header("authorization").isEmpty();
  }

  /// A fault of requests with a signature.
  private static Fault.Plan signed(String method, Fault fault) {
    return (request, _, _, _) ->
        isSigned(request) && request.method().equals(method) ? fault : Fault.NONE;
  }

  private static Fault.Plan signed(int status, String code) {
    return (request, _, _, _) -> isSigned(request) ? Fault.status(status, code) : Fault.NONE;
  }

  private static Fault.Plan elsewhere(int status, String code) {
    return (request, _, _, _) ->
        isSigned(request)
            ? new Fault.Status(status, code, Map.of("x-amz-bucket-region", "eu-west-1"))
            : Fault.NONE;
  }

  private static Fault.Plan denied(String method) {
    return signed(method, Fault.status(403, "AccessDenied"));
  }

  static Stream<Case> credentials() {
    return Stream.of(
        when("an expired token", scene -> run(scene.lota(signed(400, "ExpiredToken"))))
            .fails(3, "list", "ExpiredToken", "renew the credentials"),
        when(
                "a wrong secret",
                scene -> run(scene.lota().env("AWS_SECRET_ACCESS_KEY", "not-the-secret")))
            .fails(3, "list", "SignatureDoesNotMatch", "check the secret access key"),
        when(
                "an unknown key",
                scene -> run(scene.lota().env("AWS_ACCESS_KEY_ID", "NOTTHEKEY12345")))
            .fails(3, "list", "InvalidAccessKeyId", "organisation"),
        when("no signature", scene -> scene.lota().json("--doctor --no-sign-request s3://bucket/"))
            .fails(3, "list", "AccessDenied", "key pair"),
        when(
                "a wrong region",
                scene -> run(scene.lota(signed(400, "AuthorizationHeaderMalformed"))))
            .fails(3, "list", "AuthorizationHeaderMalformed", "--region"),
        when(
                "a wrong region that the header names",
                scene -> run(scene.lota(elsewhere(301, "PermanentRedirect"))))
            .fails(
                3,
                "list",
                "the bucket is in the region eu-west-1",
                "use --region eu-west-1 instead of us-east-1 (from the default); an endpoint"),
        when(
                "a wrong region that the header of a refusal names",
                scene -> run(scene.lota(elsewhere(403, "AccessDenied")).env("AWS_REGION", "r-1")))
            .fails(
                3,
                "list",
                "AccessDenied (403)",
                "use --region eu-west-1 instead of r-1 (from AWS_REGION)",
                "s3:ListBucket"),
        when(
                "a wrong region where only keys are named",
                scene ->
                    scene.lota(elsewhere(403, "AccessDenied")).json("--doctor s3://bucket/data/a"))
            .fails(3, "head", "use --region eu-west-1 instead of us-east-1")
            .alsoWarns("list"),
        when(
                "a wrong region that the error names",
                scene ->
                    run(
                        scene.answering(request ->
                            isSigned(request)
                                ? Answer.of(400, MALFORMED.getBytes(StandardCharsets.UTF_8))
                                : Scene.s3(request))))
            .fails(3, "list", "use --region eu-west-1 instead of us-east-1"),
        when(
                "a refusal that names the right region",
                scene ->
                    run(scene.lota(elsewhere(403, "AccessDenied")).env("AWS_REGION", "eu-west-1")))
            .fails(3, "list", "fault on demand; check the key pair"),
        when(
                "a region that the store does not know",
                scene -> run(scene.lota(signed(400, "InvalidRegion"))))
            .fails(3, "list", "InvalidRegion", "--region"),
        when("nothing is allowed", scene -> run(scene.lota(signed(403, "AccessDenied"))))
            .fails(3, "list", "AccessDenied", "policies"));
  }

  static Stream<Case> lists() {
    return Stream.of(
        when("LIST is denied", scene -> run(scene.lota(denied("GET"))))
            .fails(3, "list", "AccessDenied", "s3:ListBucket"),
        when(
                "LIST is denied and one key is named",
                scene -> scene.lota(denied("GET")).json("--doctor s3://bucket/data/a"))
            .warns("list", "AccessDenied", "s3:ListBucket"),
        when(
                "LIST is denied, and a dry run needs it",
                scene -> scene.lota(denied("GET")).json("--doctor -n s3://bucket/data/a"))
            .fails(3, "list", "AccessDenied", "s3:ListBucket"),
        when(
                "LIST is denied and keys are listed in a file",
                scene ->
                    scene
                        .lota(denied("GET"))
                        .json("--doctor -b bucket --files-from", scene.file("l", "data/a\n")))
            .warns("list", "AccessDenied", "s3:ListBucket"),
        when(
                "LIST hangs",
                scene -> run(scene.lota(signed("GET", new Fault.Broken(Answer.Fate.STALLED)))))
            .fails(3, "list", "ReadTimeout", "no answer within 6.3 s", "slow"),
        when(
                "LIST hangs for a check before",
                scene ->
                    run(
                        scene.answering(request ->
                            request.header("authorization").isEmpty()
                                ? Scene.html(403)
                                : Answer.fate(Answer.Fate.STALLED))))
            .fails(3, "list", "ReadTimeout", "no answer within 2.3 s", "slow")
            .alsoWarns("service", "clock", "head"),
        when("LIST comes too slowly", scene -> run(scene.drippingLists()))
            .fails(3, "list", "ReadTimeout: the answer was not complete within 6.3 s", "slow"),
        when(
                "LIST breaks off",
                scene -> run(scene.lota(signed("GET", new Fault.Broken(Answer.Fate.TRUNCATED)))))
            .fails(3, "list", "ConnectionLost"),
        when(
                "LIST leads to a login",
                scene ->
                    run(
                        scene.lota(
                            signed(
                                "GET",
                                new Fault.Status(
                                    302, "", Map.of("Location", "http://login.example/?hidden"))))))
            .fails(3, "list", "Http302 (302)", "http://login.example/", "something else answered"),
        when(
                "LIST has an internal error",
                scene -> run(scene.lota(signed("GET", Fault.status(500, "InternalError")))))
            .fails(3, "list", "InternalError (500)"),
        when(
                "LIST is throttled for an hour",
                scene ->
                    run(
                        scene.lota(
                            signed(
                                "GET",
                                new Fault.Status(503, "SlowDown", Map.of("Retry-After", "3600"))))))
            .warns("list", "SlowDown")
            .alsoWarns("head"),
        when(
                "a bucket that does not exist",
                scene -> scene.lota().json("--doctor s3://missing-bucket/"))
            .fails(3, "list", "NoSuchBucket", "check the bucket name"),
        when(
                "a second bucket that does not exist",
                scene -> scene.lota().json("--doctor s3://bucket/data/ s3://missing-bucket/"))
            .fails(3, "list", "NoSuchBucket", "missing-bucket"),
        when("a prefix without objects", scene -> scene.lota().json("--doctor s3://bucket/none/"))
            .warns("list", "it found no object", "it ends with 4")
            .alsoWarns("head"),
        when("a wildcard without keys", scene -> scene.lota().json("--doctor 's3://bucket/*.x'"))
            .warns("list", "no key matches", "it ends with 4")
            .alsoWarns("head"),
        when(
                "path style where it is refused",
                scene -> scene.virtualStore().json("--doctor --path-style s3://bucket/data/"))
            .fails(3, "list", "leave out --path-style"),
        when(
                "a store that needs path style",
                scene ->
                    Cli.at(
                            "http://localhost:"
                                + scene
                                    .server(request ->
                                        request.path().startsWith("/bucket")
                                                && request.method().equals("GET")
                                            ? Scene.s3(request)
                                            : Answer.error(403, "AccessDenied", "no"))
                                    .port())
                        .json("--doctor s3://bucket/data/"))
            .fails(3, "list", "add --path-style")
            .alsoWarns("clock"));
  }

  static Stream<Case> heads() {
    return Stream.of(
        when("HEAD is denied", scene -> run(scene.lota(denied("HEAD"))))
            .fails(3, "head", "can list the bucket, but cannot read this object", "s3:GetObject"),
        when(
                "HEAD hangs",
                scene -> run(scene.lota(signed("HEAD", new Fault.Broken(Answer.Fate.STALLED)))))
            .fails(
                3,
                "head",
                "HEAD s3://bucket/data/a: ReadTimeout: no answer within ",
                "a run waits as long as --attempt-timeout allows",
                "why the store is slow"),
        when(
                "HEAD has an internal error",
                scene -> run(scene.lota(signed("HEAD", Fault.status(500, "InternalError")))))
            .fails(3, "head", "InternalError (500)", "run this again"),
        when("HEAD is throttled", scene -> run(scene.lota(signed("HEAD", Fault.status(503, "")))))
            .warns("head", "SlowDown"),
        when(
                "HEAD is not allowed",
                scene -> run(scene.lota(signed("HEAD", Fault.status(405, "MethodNotAllowed")))))
            .fails(3, "head", "MethodNotAllowed (405)", "allow HEAD"),
        when(
                "HEAD is not implemented",
                scene -> run(scene.lota(signed("HEAD", Fault.status(501, "NotImplemented")))))
            .fails(3, "head", "Http501 (501)", "allow HEAD"),
        when(
                "HEAD is rejected where LIST works",
                scene -> run(scene.lota(signed("HEAD", Fault.status(400, "BadRequest")))))
            .fails(3, "head", "BadRequest (400)", "LIST works, so check the object"),
        when(
                "a key is denied, and so is LIST",
                scene -> scene.lota(signed(403, "AccessDenied")).json("--doctor s3://bucket/none"))
            .fails(3, "head", "AccessDenied (403)", "a key that does not exist", "s3:GetObject")
            .alsoWarns("list"),
        when(
                "an answer that describes no object",
                scene ->
                    run(
                        scene.answering(request ->
                            request.method().equals("HEAD")
                                ? Answer.empty(200)
                                : Scene.s3(request))))
            .fails(3, "head", "NoETag"),
        when("a key that does not exist", scene -> scene.lota().json("--doctor s3://bucket/nope"))
            .fails(3, "head", "NoSuchKey", "check the key"),
        when(
                "a key of an expression that does not exist",
                scene -> scene.lota().json("--doctor 's3://bucket/k-{00..99}'"))
            .fails(3, "head", "HEAD s3://bucket/k-00", "NoSuchKey"),
        when("a prefix without its slash", scene -> scene.lota().json("--doctor s3://bucket/data"))
            .fails(3, "head", "NoSuchKey", "write it as s3://bucket/data/"));
  }

  static Stream<Case> all() {
    return Stream.of(credentials(), lists(), heads()).flatMap(each -> each);
  }

  @ParameterizedTest
  @MethodSource("all")
  void theFaultIsNamed(Case each) throws Exception {
    each.examine(directory);
  }
}
