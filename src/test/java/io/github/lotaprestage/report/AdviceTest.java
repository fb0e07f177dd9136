package io.github.lotaprestage.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.engine.Tally;
import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.Failure.Kind;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdviceTest {

  private static String summary(Failure... errors) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TextWriter text = new TextWriter(out, new ResultWriter.TextStyle(false, null));
    Tally tally = new Tally();
    for (Failure error : errors) {
      Outcome failed =
          new Outcome.Failed(
              ObjectRef.named("b", "k"), error, new Outcome.Attempts(1, 0), Duration.ZERO);
      text.object(failed);
      tally.add(failed);
    }
    text.summary(
        new RunReport(
            tally.summary(1, Duration.ofSeconds(1)), ExitStatus.FAILED, true, null, null));
    text.flush();
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void onlyWhatMayWorkLaterIsToBeRunAgain() throws IOException {
    Failure missing = Failure.local(Kind.NO_SUCH_KEY, "NoSuchKey", "no such key");
    Failure lost = Failure.local(Kind.TRANSIENT, "ConnectionLost", "reset");
    assertThat(summary(missing))
        .contains("1 x NoSuchKey: no such key\n", "    next: check the key")
        .doesNotContain("again");
    assertThat(summary(missing, lost))
        .contains(
            "1 x ConnectionLost: reset\n", "    may be temporary; next: ", "Run the same command");
  }

  @Test
  void theMostFrequentCauseComesFirstWithTwoExamples() throws IOException {
    Failure missing = Failure.local(Kind.NO_SUCH_KEY, "NoSuchKey", "no such key");
    Failure denied = Failure.local(Kind.DENIED, "AccessDenied", "no");
    assertThat(summary(missing, denied, denied, denied))
        .contains(
            "failed:\n  3 x AccessDenied: no\n      s3://b/k\n      s3://b/k\n      ...\n",
            "  1 x NoSuchKey: no such key\n      s3://b/k\n    next: check the key\n")
        .containsSubsequence("3 x AccessDenied", "1 x NoSuchKey")
        .doesNotContain("0 B");
  }

  @ParameterizedTest
  @CsvSource({
    "TRANSIENT, GatewayTimeout, x, a proxy in between gives up too early",
    "TRANSIENT, ReadTimeout, x, --attempt-timeout",
    "REJECTED, UntrustedCertificate, x, --ca-bundle",
    "REJECTED, WrongScheme, x, http://",
    "REJECTED, PermanentRedirect, x, another address",
    "DENIED, RequestTimeTooSkewed, x, clock",
    "DENIED, AccessDenied, x, s3:ListBucket",
    "DENIED, Forbidden, x, check the key pair",
    "NO_SUCH_KEY, NotFound, x, check the bucket name and the key",
    "UNREACHABLE, NoAnswer, x, once the endpoint answers",
    "UNREACHABLE, UnknownHost, cannot resolve host: b.cwlota.com, inside a CKS cluster",
    "UNREACHABLE, ConnectTimeout, Connect to http://b.cwlota.com timed out, inside a CKS cluster",
    "UNREACHABLE, UnknownHost, cannot resolve host: b.minio, add --path-style",
    "UNREACHABLE, ConnectionRefused, Connect to http://minio failed, that the store runs",
    "DENIED, InvalidObjectState, x, storage class",
    "REJECTED, InvalidRegion, x, a minute ago",
    "THROTTLED, SlowDown, x, --rate",
    "REJECTED, Http304, x, what stands between",
    "REJECTED, Http407, x, without that login",
    "TRANSIENT, Http511, x, without that login",
    "REJECTED, UnsortedListing, x, add --list-concurrency 1",
    "REJECTED, UnexpectedRange, x, what stands between",
    "TRANSIENT, NotHttp, x, check the port",
    "REJECTED, TooLarge, x, --latest-by name",
    "FILE, FailedToOtherFile, x, use another file",
    "FILE, BadConfiguration, x, another file or profile",
  })
  void adviceFitsTheCause(Kind kind, String code, String message, String advice) {
    assertThat(Advice.suffix(Failure.local(kind, code, message))).startsWith("; ").contains(advice);
  }

  @Test
  void whatDoesNotHelpIsNotAdvised() {
    Failure refused =
        Failure.local(
            Kind.UNREACHABLE, "ConnectionRefused", "Connect to http://127.0.0.1:1 failed");
    Failure unknown =
        Failure.local(Kind.UNREACHABLE, "UnknownHost", "cannot resolve host: b.cwlota.com");
    assertThat(Advice.next(refused)).doesNotContain("--path-style", "CKS");
    assertThat(Advice.next(unknown)).doesNotContain("--path-style");
  }
}
