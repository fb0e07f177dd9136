package io.github.lotaprestage.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Cli;
import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.MemoryOrigin;
import io.github.lotaprestage.fixture.Result;
import io.github.lotaprestage.fixture.TestStore;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The order in which results are written.
@Timeout(120)
class OrderTest {

  private final LotaEmulator lota =
      LotaEmulator.before(
              new MemoryOrigin()
                  .generate("bucket", 25_000, i -> "d/%02d/%05d".formatted(i / 700, i)))
          .keepNothing()
          .credentials(TestStore.ACCESS_KEY, TestStore.SECRET_KEY)
          .start();

  @AfterEach
  void stop() {
    lota.close();
  }

  private List<String> keys(Result result) {
    return result.objects().stream().map(line -> line.get("key").asString()).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "300"})
  void aDryRunIsInTheOrderOfTheKeys(String concurrency) {
    Result result = Cli.at(lota).json("-n -c", concurrency, "s3://bucket/d/");
    assertThat(keys(result)).hasSize(25_000).isSorted();
  }

  @Test
  void twoDryRunsWriteTheSame() {
    String line = "-n s3://bucket/d/3 s3://bucket/d/00/ s3://bucket/d/01/00700";
    String one = Cli.at(lota).run(line).out();
    assertThat(one).contains("planned").isEqualTo(Cli.at(lota).run(line).out());
    assertThat(one.indexOf("d/35/")).isLessThan(one.indexOf("d/00/"));
  }

  @Test
  void oneAfterAnotherKeepsTheOrderOfTheListing() {
    Result result =
        Cli.at(lota)
            .json("--order listed --list-concurrency 1 -c 1 s3://bucket/d/00/ s3://bucket/d/01/");
    assertThat(keys(result)).hasSize(1400).isSorted();
  }
}
