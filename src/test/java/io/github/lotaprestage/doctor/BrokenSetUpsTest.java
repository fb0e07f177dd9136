package io.github.lotaprestage.doctor;

import static io.github.lotaprestage.doctor.Case.when;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Answer;
import io.github.lotaprestage.fixture.Cli;
import io.github.lotaprestage.fixture.Result;
import io.github.lotaprestage.fixture.TestStore;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Settings and credentials that are broken in one way each.
@Timeout(120)
class BrokenSetUpsTest {

  @TempDir private Path directory;

  private static Result run(Cli cli) {
    return cli.json("--doctor s3://bucket/data/");
  }

  /// A command that has a configuration file with this content and a healthy store.
  private static Cli profile(Scene scene, String content) throws Exception {
    return scene
        .lota()
        .without("AWS_ACCESS_KEY_ID")
        .without("AWS_SECRET_ACCESS_KEY")
        .env("AWS_CONFIG_FILE", scene.file("config", content).toString());
  }

  static Stream<Case> settings() {
    return Stream.of(
        when("https to LOTA", _ -> run(Cli.at("https://cwlota.com")))
            .fails(2, "endpoint", "plain HTTP only", "use http://cwlota.com"),
        when("the primary endpoint", _ -> run(Cli.at("https://cwobject.com")))
            .fails(2, "endpoint", "fills no cache", "http://cwlota.com"),
        when("no scheme", _ -> run(Cli.at("localhost:80")))
            .fails(2, "endpoint", "AWS_ENDPOINT_URL", "scheme"),
        when("a secret in the endpoint", _ -> run(Cli.at("http://me:hid/hidden@h/?t=hidden")))
            .fails(2, "endpoint", "AWS_ENDPOINT_URL", "must be scheme://host[:port]"),
        when(
                "an endpoint in a variable of this program",
                scene -> run(scene.lota().env("LOTA_PRESTAGE_ENDPOINT_URL", "cwlota.com")))
            .fails(2, "endpoint", "from LOTA_PRESTAGE_ENDPOINT_URL", "scheme"),
        when("not LOTA", scene -> scene.pathStore().json("--doctor s3://bucket/data/"))
            .warns("endpoint", "not LOTA", "http://cwlota.com"),
        when(
                "path style with LOTA",
                _ -> Cli.at("http://cwlota.com").json("--doctor --path-style s3://bucket/"))
            .fails(2, "addressing", "--path-style", "LOTA rejects"),
        when(
                "path style with LOTA, from the profile",
                scene ->
                    run(
                        scene
                            .lota()
                            .env(
                                "AWS_CONFIG_FILE",
                                scene
                                    .file("config", "[default]\ns3 =\n  addressing_style = path\n")
                                    .toString())))
            .fails(2, "addressing", "profile 'default' in ", "LOTA rejects"),
        when(
                "a dot in the bucket with TLS",
                _ -> Cli.at("https://localhost:1").json("--doctor s3://my.bucket/"))
            .fails(2, "addressing", "my.bucket", "--path-style"),
        when(
                "a dot in the bucket of a manifest with TLS",
                _ -> Cli.at("https://localhost:1").json("--doctor --manifest s3://my.bucket/m"))
            .fails(2, "addressing", "my.bucket", "--path-style"),
        when(
                "the bucket in the endpoint, too",
                scene ->
                    run(
                        scene
                            .lota()
                            .env(
                                "AWS_ENDPOINT_URL",
                                "http://bucket.test.cwlota.com:" + Scene.unusedPort())))
            .fails(3, "bucket_dns", "leave the bucket out of AWS_ENDPOINT_URL"),
        when(
                "a file that cannot be read",
                scene -> run(scene.lota().env("AWS_CONFIG_FILE", scene.directory().toString())))
            .fails(2, "configuration", "is a directory", "choose another file"),
        when(
                "a file that is no configuration",
                scene -> run(profile(scene, "[default\nregion = hidden\n")))
            .fails(2, "configuration", "line 1", "no ']'"),
        when(
                "a file that never ends",
                scene -> run(scene.lota().env("AWS_CONFIG_FILE", "/dev/zero")))
            .fails(2, "configuration", "/dev/zero is too large"),
        when(
                "a file that hangs",
                scene -> run(scene.lota().env("AWS_CONFIG_FILE", scene.pipe().toString())))
            .fails(2, "configuration", "no result within", "which file hangs"),
        when(
                "a file that does not exist",
                scene -> run(scene.lota().env("AWS_SHARED_CREDENTIALS_FILE", "/missing/file")))
            .warns("configuration", "AWS_SHARED_CREDENTIALS_FILE /missing/file does not exist"),
        when(
                "a profile that does not exist",
                scene -> profile(scene, "[cw]\n").json("--doctor --profile nope s3://bucket/"))
            .fails(2, "configuration", "profile 'nope' (from --profile) does not exist"),
        when(
                "a profile that does not exist, in a variable",
                scene -> run(profile(scene, "[cw]\n").env("LOTA_PRESTAGE_PROFILE", "nope")))
            .fails(2, "configuration", "profile 'nope' (from LOTA_PRESTAGE_PROFILE)"),
        when(
                "AWS_PROFILE that does not exist",
                scene -> run(scene.lota().env("AWS_PROFILE", "nope")))
            .warns("configuration", "profile 'nope' (from AWS_PROFILE) does not exist"),
        when(
                "a services section that does not exist",
                scene ->
                    run(
                        profile(scene, "[default]\nservices = nope\n")
                            .without("AWS_ENDPOINT_URL")
                            .env("AWS_ACCESS_KEY_ID", "k")
                            .env("AWS_SECRET_ACCESS_KEY", "s")))
            .fails(2, "endpoint", "[services nope]", "does not exist"),
        when(
                "a region that is no name",
                scene -> scene.lota().json("--doctor --region 'us east' s3://bucket/data/"))
            .fails(2, "region", "--region", "not a valid name"),
        when(
                "a region that is no name, in a variable",
                scene -> run(scene.lota().env("AWS_REGION", "us/east")))
            .fails(2, "region", "AWS_REGION", "not a valid name"),
        when(
                "a bundle that does not exist",
                _ -> run(Cli.at("https://localhost:1").env("AWS_CA_BUNDLE", "/missing.pem")))
            .fails(2, "authorities", "AWS_CA_BUNDLE /missing.pem", "no such file"),
        when(
                "a bundle without a certificate",
                scene ->
                    run(
                        Cli.at("https://localhost:1")
                            .env("AWS_CA_BUNDLE", scene.file("ca", "hidden").toString())))
            .fails(2, "authorities", "AWS_CA_BUNDLE", "holds no PEM certificate"),
        when(
                "a bundle that never ends",
                scene -> scene.lota().json("--doctor --ca-bundle /dev/zero s3://bucket/data/"))
            .fails(2, "authorities", "--ca-bundle /dev/zero", "too large"),
        when("a proxy", scene -> run(scene.lota().env("https_proxy", "http://user:hidden@proxy:1")))
            .warns("proxy", "https_proxy", "ignores proxies"));
  }

  static Stream<Case> lists() {
    return Stream.of(
        when(
                "bare keys without a bucket",
                scene -> scene.lota().json("--doctor --files-from", scene.file("l", "a\nb\n")))
            .fails(2, "key_lists", "line 1 of ", "is a key without a bucket", "correct the list")
            .alsoWarns("bucket_dns", "list", "head"),
        when(
                "a list that is not text",
                scene ->
                    scene.lota().json("--doctor -b bucket --files-from", scene.file("l", "\0")))
            .fails(2, "key_lists", "NUL", "correct the list"),
        when(
                "a list whose first line is bad",
                scene ->
                    scene
                        .lota()
                        .json("--doctor --files-from", scene.file("l", "x\ns3://bucket/data/a\n")))
            .warns("key_lists", "line 1 of ", "correct that line"),
        when(
                "an empty list",
                scene -> scene.lota().json("--doctor -b bucket --files-from", scene.file("l", "")))
            .warns("key_lists", "names nothing"),
        when(
                "a listed object that does not exist",
                scene ->
                    scene.lota().json("--doctor -b bucket --files-from", scene.file("l", "gone\n")))
            .fails(3, "head", "HEAD s3://bucket/gone", "NoSuchKey"));
  }

  static Stream<Case> credentials() {
    String process = "[default]\ncredential_process = ";
    String expired =
        "echo '{\"Version\":1,\"AccessKeyId\":\"%s\",\"SecretAccessKey\":\"%s\",\"Expiration\":\"%s\"}'"
            .formatted(TestStore.ACCESS_KEY, TestStore.SECRET_KEY, "2001-01-01T00:00:00Z");
    return Stream.of(
        when("no credentials", scene -> run(profile(scene, "[default]\n")))
            .fails(3, "credentials", "NoCredentials", "AWS_ACCESS_KEY_ID"),
        when(
                "half of the credentials",
                scene -> run(profile(scene, "[default]\n").env("AWS_ACCESS_KEY_ID", "hidden")))
            .fails(3, "credentials", "AWS_SECRET_ACCESS_KEY is not"),
        when("a process that fails", scene -> run(profile(scene, process + "exit 7")))
            .fails(3, "credentials", "credential_process ended with status 7", "by hand"),
        when("a process that prints no JSON", scene -> run(profile(scene, process + "echo hidden")))
            .fails(3, "credentials", "not valid JSON", "by hand"),
        when("a process that hangs", scene -> run(profile(scene, process + "sleep 1000")))
            .fails(3, "credentials", "credential_process has not answered", "by hand"),
        when("a process that prints too much", scene -> run(profile(scene, process + "yes hidden")))
            .fails(3, "credentials", "credential_process prints too much", "by hand"),
        when(
                "a process that may not be executed",
                scene -> run(profile(scene, process + scene.file("program", "exit 0"))))
            .fails(3, "credentials", "status 126, so a command may not be executed", "by hand"),
        when(
                "a process that does not exist",
                scene -> run(profile(scene, process + "/missing/program hidden")))
            .fails(3, "credentials", "status 127, so a command was not found", "by hand"),
        when("credentials that have expired", scene -> run(profile(scene, process + expired)))
            .fails(3, "credentials", "expired at 2001-01-01T00:00:00Z"),
        when("a role", scene -> run(profile(scene, "[default]\nrole_arn = arn:x\n")))
            .fails(3, "credentials", "role_arn is not supported", "; use one of the sources"),
        when(
                "single sign-on",
                scene -> run(profile(scene, "[default]\nsso_session = x\nsso_role_name = r\n")))
            .fails(3, "credentials", "sso_session is not supported", "; use one of the sources"),
        when(
                "web identity",
                scene ->
                    run(
                        profile(scene, "[default]\n")
                            .env("AWS_WEB_IDENTITY_TOKEN_FILE", "/missing/token")))
            .fails(3, "credentials", "web identity is not supported", "; use one of the sources"),
        when("a container endpoint that hangs", scene -> run(container(scene, scene.silentPort())))
            .fails(3, "credentials", "container credentials", "has not answered", "token file"),
        when(
                "a container endpoint that refuses the token",
                scene -> run(container(scene, scene.server(_ -> Answer.empty(401)).port())))
            .fails(3, "credentials", "answered with status 401", "service account"),
        when(
                "a container endpoint with an empty answer",
                scene -> run(container(scene, scene.server(_ -> Answer.empty(200)).port())))
            .fails(3, "credentials", "the answer is empty", "endpoint"),
        when(
                "an empty container token",
                scene ->
                    run(
                        container(scene, 1)
                            .env(
                                "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
                                scene.file("token", "\n").toString())))
            .fails(3, "credentials", "token is empty", "token file"),
        when(
                "a container token that is a directory",
                scene ->
                    run(
                        container(scene, 1)
                            .env(
                                "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
                                scene.directory().toString())))
            .fails(3, "credentials", ": Is a directory", "token file"),
        when(
                "a container token that does not exist",
                scene ->
                    run(
                        container(scene, 1)
                            .env("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", "/missing/token")))
            .fails(3, "credentials", "/missing/token: no such file", "token file"));
  }

  private static Cli container(Scene scene, int port) {
    return scene
        .lota()
        .without("AWS_ACCESS_KEY_ID")
        .env("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://127.0.0.1:" + port + "/?hidden");
  }

  static Stream<Case> all() {
    return Stream.of(settings(), lists(), credentials()).flatMap(each -> each);
  }

  @ParameterizedTest
  @MethodSource("all")
  void theFaultIsNamed(Case each) throws Exception {
    assertThat(each.parts()).isNotEmpty();
    each.examine(directory);
  }
}
