package io.github.lotaprestage.report.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.report.Advice;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// What is said about an endpoint that was there and no longer answers.
class NoAnswerTest {

  private static String progress(int seconds) {
    return ProgressLine.of(
        new Snapshot(
            1,
            1,
            true,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            1,
            Duration.ofSeconds(seconds),
            Duration.ofSeconds(100)));
  }

  @Test
  void theProgressLineSaysHowLongItHasBeenSilent() {
    assertThat(progress(90)).endsWith(", no answer for 1 min 30 s");
    assertThat(progress(59)).doesNotContain("no answer");
  }

  @Test
  void theAdviceIsNotToCheckAnEndpointThatAnsweredBefore() {
    Failure gone = Failure.local(Failure.Kind.UNREACHABLE, "NoAnswer", "the endpoint is silent");
    assertThat(Advice.suffix(gone)).contains("again").doesNotContain("--endpoint-url");
  }
}
