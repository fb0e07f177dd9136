package io.github.lotaprestage.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.engine.ObjectRef;
import io.github.lotaprestage.engine.Outcome;
import io.github.lotaprestage.engine.RequestError;
import io.github.lotaprestage.engine.RequestError.Kind;
import io.github.lotaprestage.engine.Tally;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdviceTest {

  private static String summary(RequestError... errors) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TextWriter text = new TextWriter(out, false);
    Tally tally = new Tally();
    for (RequestError error : errors) {
      Outcome failed =
          new Outcome.Failed(
              ObjectRef.named("b", "k"), error, new Outcome.Attempts(1, 0), Duration.ZERO);
      text.object(failed);
      tally.add(failed);
    }
    text.summary(
        new RunReport(tally.summary(1, Duration.ofSeconds(1)), "failed", 1, true, null, null));
    text.flush();
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void onlyWhatMayWorkLaterIsToBeRunAgain() throws IOException {
    RequestError missing = RequestError.local(Kind.NO_SUCH_KEY, "NoSuchKey", "no such key");
    RequestError lost = RequestError.local(Kind.TRANSIENT, "ConnectionLost", "reset");
    assertThat(summary(missing)).contains("next: NoSuchKey: check the key").doesNotContain("again");
    assertThat(summary(missing, lost))
        .contains("next: ConnectionLost: ", "Run the same command again");
  }

  @ParameterizedTest
  @CsvSource({
    "TRANSIENT, GatewayTimeout, x, a proxy in between gives up",
    "TRANSIENT, ReadTimeout, x, --attempt-timeout",
    "REJECTED, UntrustedCertificate, x, --ca-bundle",
    "REJECTED, WrongScheme, x, http://",
    "REJECTED, PermanentRedirect, x, another address",
    "DENIED, RequestTimeTooSkewed, x, clock",
    "DENIED, AccessDenied, x, s3:ListBucket",
    "DENIED, Forbidden, x, a key pair is sent",
    "DENIED, InvalidObjectState, x, storage class",
    "REJECTED, InvalidRegion, x, a minute ago",
    "THROTTLED, SlowDown, x, --rate",
  })
  void adviceFitsTheCause(Kind kind, String code, String message, String advice) {
    assertThat(Advice.suffix(RequestError.local(kind, code, message)))
        .startsWith("; ")
        .contains(advice);
  }
}
