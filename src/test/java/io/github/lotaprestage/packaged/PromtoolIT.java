package io.github.lotaprestage.packaged;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What Prometheus itself says about `--metrics-file`.
@Timeout(120)
class PromtoolIT extends AgainstBucket {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3://bucket/data/",
        "s3://bucket/half/",
        "s3://nobucket/",
        "-n s3://bucket",
        "s3://"
      })
  void itFindsNothingToCriticise(String arguments, @TempDir Path directory) throws Exception {
    assumeTrue(
        Program.bare().shell("command -v promtool").code() == 0,
        "SKIPPED: promtool is missing (apt-get install prometheus), so metrics were not checked");
    Program.at(lota)
        .shell(
            "\"$0\" -qq --metrics-file \"$1\"/x.prom "
                + arguments
                + " 2>/dev/null; promtool check metrics <\"$1\"/x.prom && cat \"$1\"/x.prom",
            directory)
        .exits(0)
        .silent()
        .outContains("lota_prestage_exit_code ");
  }
}
