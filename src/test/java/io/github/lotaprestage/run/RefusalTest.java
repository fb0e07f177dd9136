package io.github.lotaprestage.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Cli;
import io.github.lotaprestage.fixture.Fault;
import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.Result;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/// Stores that refuse, fail halfway or are not there.
@Timeout(120)
class RefusalTest extends AgainstLota {

  @Test
  void wrongSecretsAreNamedWhetherListedOrNot() {
    origin.put("bucket", "k", 1);
    LotaEmulator lota = lota();
    for (String target : List.of("s3://bucket/k", "s3://bucket/")) {
      Result secret = Cli.at(lota).env("AWS_SECRET_ACCESS_KEY", "wrong-wrong").json(target);
      secret
          .exits(3)
          .err(err ->
              err.contains("SignatureDoesNotMatch", "check the secret access key")
                  .doesNotContain("wrong-wrong")
                  .hasLineCount(1))
          .summary("error.code", "SignatureDoesNotMatch");
      Cli.at(lota)
          .env("AWS_ACCESS_KEY_ID", "unknown")
          .run(target)
          .exits(3)
          .says("InvalidAccessKeyId");
      Cli.at(lota).run("--no-sign-request", target).exits(3).says("AccessDenied");
    }
  }

  @Test
  void aDeniedListingIsExitThree() {
    LotaEmulator lota = faulty((_, _, _, _) -> Fault.status(403, "AccessDenied"));
    Cli.at(lota)
        .json("s3://bucket/data/")
        .exits(3)
        .says("LIST s3://bucket/data/", "AccessDenied (403)");
  }

  @Test
  void oneDeniedKeyAmongOthersIsExitOne() {
    origin.put("bucket", "secret", 1).put("bucket", "open", 1);
    LotaEmulator lota =
        faulty((request, _, key, _) ->
            isHead(request) && key.equals("secret")
                ? Fault.status(403, "AccessDenied")
                : Fault.NONE);
    Result result = Cli.at(lota).json("s3://bucket").exits(1);
    JsonNode failed =
        result.objects().stream()
            .filter(line -> line.get("status").asString().equals("failed"))
            .findFirst()
            .orElseThrow();
    assertThat(failed.get("error").get("code").asString()).isEqualTo("AccessDenied");
    assertThat(failed.get("attempts").asInt()).isEqualTo(1);
  }

  @Test
  void aListingThatBreaksHalfWayStillStagesWhatItListedAndEndsWithThree() {
    for (int i = 0; i < 1500; i++) {
      origin.put("bucket", "k%04d".formatted(i), 1);
    }
    LotaEmulator lota =
        faulty((request, _, _, _) ->
            request.parameters().containsKey("continuation-token")
                ? Fault.status(403, "AccessDenied")
                : Fault.NONE);
    Cli.at(lota)
        .json("s3://bucket")
        .exits(3)
        .prestaged(1000)
        .summary("status", "error")
        .errContains("the run is incomplete");
  }

  @Test
  void pathStyleIsRefusedByLotaAndExplained() {
    origin.put("bucket", "k", 1);
    Cli.at(lota().endpoint())
        .run("--path-style s3://bucket/k")
        .exits(3)
        .says("(400)", "--path-style");
  }

  @Test
  void hostsThatDoNotResolveOrAnswer() {
    Cli.at("http://no-such-host.test")
        .run("--max-attempts 2 s3://bucket/k")
        .exits(3)
        .says("cannot resolve host: ", "bucket.no-such-host.test", "--endpoint-url");
    URI gone;
    try (LotaEmulator closing = LotaEmulator.before(origin).start()) {
      gone = closing.endpoint();
    }
    Cli.at(gone).run("--max-attempts 2 s3://bucket/k").exits(3).says("ConnectionRefused");
  }
}
