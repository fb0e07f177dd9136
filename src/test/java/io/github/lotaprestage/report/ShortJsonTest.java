package io.github.lotaprestage.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ShortJsonTest {

  private static String within(int bytes, String line) {
    return new String(
        ShortJson.within(bytes, line.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
  }

  @Test
  void aLineThatFitsStaysAsItIs() {
    String line = "{ \"a\":[1, 2] }\n";
    assertThat(within(line.length(), line)).isEqualTo(line);
  }

  @Test
  void listsAreLeftOutFirst() {
    assertThat(
            within(
                80,
                """
                {"type":"summary","chosen":[{"target":"s3://bucket/checkpoints/","child":"step-1"}],\
                "plan":{"objects":1,"by":{"x":{"n":1}}},"exit_code":0}
                """))
        .isEqualTo(
            "{\"type\":\"summary\",\"plan\":{\"objects\":1,\"by\":{\"x\":{\"n\":1}}},\"exit_code\":0}\n");
  }

  @Test
  void deeperLevelsFollow() {
    assertThat(
            within(
                60,
                """
                {"type":"summary","plan":{"objects":1,"by":{"x":{"n":1}}},"rate":0.5,"ok":true}
                """))
        .isEqualTo("{\"type\":\"summary\",\"plan\":{\"objects\":1},\"rate\":0.5,\"ok\":true}\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "é", "😀", "\\u0001", "\\\"", "\\n"})
  void longTextsAreCutLast(String character) {
    String line =
        "{\"status\":\"error\",\"error\":{\"code\":\"C\",\"message\":\""
            + character.repeat(5000)
            + "\"},\"exit_code\":3}\n";
    String shorter = within(4096, line);
    assertThat(shorter.getBytes(StandardCharsets.UTF_8).length).isBetween(500, 4096);
    JsonNode json = JsonMapper.shared().readTree(shorter);
    assertThat(json.at("/status").asString()).isEqualTo("error");
    assertThat(json.at("/error/code").asString()).isEqualTo("C");
    assertThat(json.at("/error/message").asString()).endsWith("…").doesNotContain("\uFFFD");
    assertThat(json.at("/exit_code").asInt()).isEqualTo(3);
  }
}
