package io.github.lotaprestage.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Result;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Exit codes, and what is written to which stream.
@Timeout(180)
class ExitCodesIT extends AgainstBucket {

  @ParameterizedTest
  @CsvSource({
    "0, s3://bucket/data/",
    "1, s3://bucket/data/nope",
    "1, s3://bucket/half/",
    "2, s3://Bad_Bucket/data/",
    "3, s3://missing-bucket/data/",
    "3, s3://missing-bucket/data/key",
    "3, s3://bucket/denied/",
    "4, s3://bucket/nothing/",
  })
  void everyExitCodeIsTheSameInTextAndJson(int code, String target) throws Exception {
    Result text = Program.at(lota).run(target);
    Result json = Program.at(lota).json(target);
    text.exits(code);
    json.exits(code);
    assertThat(text.err() + json.err()).doesNotContain("\tat ", "Exception", "WARNING");
    if (code != 0) {
      json.err(err -> err.startsWith("lota-prestage: "));
    } else {
      json.silent();
    }
    if (code != 2) {
      json.summary("exit_code", code);
    }
  }

  @Test
  void everyLineIsJsonAndTheSummaryComesLast() throws Exception {
    Program.at(lota).json("s3://bucket/data/").objects(1500).prestaged(1499).skipped(1);
  }

  @Test
  void argumentsAreUtf8WithoutALocale() throws Exception {
    Program.at(lota)
        .without("LANG")
        .without("LC_ALL")
        .run("'s3://bucket/ünï/😀 key'")
        .exits(0)
        .outContains("s3://bucket/ünï/😀 key");
  }

  @Test
  void resultsGoToOneStreamAndTalkToTheOther() throws Exception {
    Result result =
        Program.at(lota).run("-q --progress always --progress-interval 1ms s3://bucket/data/");
    assertThat(result.err().lines()).allMatch(line -> line.startsWith("lota-prestage: listed "));
    result.outContains("1,499 prestaged, 1 skipped, 0 failed of 1,500 selected");
    List<String> lines = result.out().lines().toList();
    assertThat(lines).noneMatch(line -> line.startsWith("prestaged "));
  }
}
