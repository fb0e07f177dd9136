package io.github.lotaprestage.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JsonWriterTest {

  private static String line(Outcome outcome) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    JsonWriter json = new JsonWriter(out);
    json.object(outcome);
    json.flush();
    return StandardCharsets.UTF_8
        .newDecoder()
        .decode(ByteBuffer.wrap(out.toByteArray()))
        .toString();
  }

  private static String planned(String key) throws IOException {
    return line(new Outcome.Planned(ObjectRef.named("bucket", key)));
  }

  @Test
  void whatCouldSteerATerminalIsEscaped() throws IOException {
    String odd =
        "\u0007\u001b\u007f\u0080\u009b\u009f\u061c\u200e\u200f\u2028\u2029\u202a\u202e\u2066\u2069";
    String line = planned(odd);
    assertThat(line)
        .containsIgnoringCase(
            "\\u007f\\u0080\\u009b\\u009f\\u061c\\u200e\\u200f\\u2028\\u2029\\u202a")
        .doesNotContain("\u007f", "\u0080", "\u009b", "\u200e", "\u2028", "\u202e", "\u2069");
    assertThat(JsonMapper.shared().readTree(line).get("key").asString()).isEqualTo(odd);
  }

  @Test
  void otherTextStaysAsItIs() throws IOException {
    String key = "ä/名/😀 \"\\ \u00a0";
    assertThat(planned(key)).contains("ä/名/😀", "\u00a0");
    assertThat(JsonMapper.shared().readTree(planned(key)).get("key").asString()).isEqualTo(key);
  }

  @Test
  void halfACharacterCannotBreakTheLine() throws IOException {
    for (String half : List.of("a\ud83d", "\ude00b", "\ud83d\ud83d\ude00", "\ude00\ud83d")) {
      String key = JsonMapper.shared().readTree(planned(half)).get("key").asString();
      assertThat(key).contains("\ufffd");
      assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(key)).isTrue();
    }
  }

  @Test
  void skippedAndFailedObjectsCarryWhatTheListingGave() throws IOException {
    ObjectRef listed =
        new ObjectRef(
            "bucket", "k", 7L, "e7", Instant.parse("2026-03-01T12:00:00Z"), "STANDARD_IA");
    Failure denied = Failure.local(Failure.Kind.DENIED, "Forbidden", "no");
    for (Outcome outcome :
        List.of(
            new Outcome.Skipped(listed, Outcome.Reason.DEADLINE, Outcome.Attempts.NONE),
            new Outcome.Failed(listed, denied, Outcome.Attempts.NONE, Duration.ZERO),
            new Outcome.Planned(listed))) {
      JsonNode json = JsonMapper.shared().readTree(line(outcome));
      assertThat(json.get("size").asLong()).isEqualTo(7);
      assertThat(json.get("etag").asString()).isEqualTo("e7");
      assertThat(json.get("last_modified").asString()).isEqualTo("2026-03-01T12:00:00Z");
      assertThat(json.get("storage_class").asString()).isEqualTo("STANDARD_IA");
    }
  }
}
