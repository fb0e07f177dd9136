package io.github.lotaprestage.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SkippedAttemptsTest {

  private static String json(Outcome.Attempts attempts) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    JsonWriter json = new JsonWriter(out);
    json.object(new Outcome.Skipped(ObjectRef.named("b", "k"), Outcome.Reason.DEADLINE, attempts));
    json.flush();
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void requestsThatWereSentBeforeTheDeadlineAreWritten() throws IOException {
    assertThat(json(new Outcome.Attempts(3, 2))).contains("\"attempts\":3");
    assertThat(json(Outcome.Attempts.NONE)).doesNotContain("attempts");
  }
}
