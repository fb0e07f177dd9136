package io.github.lotaprestage.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.MemoryOrigin;
import java.io.BufferedWriter;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Small heaps and large runs.
@Timeout(180)
class MemoryIT extends AgainstBucket {

  private static final int MILLION = 1_000_000;

  @Test
  void aMillionListedObjectsFitInto64Megabytes() throws Exception {
    MemoryOrigin many = new MemoryOrigin().generate("bucket", MILLION, "k%09d"::formatted);
    try (LotaEmulator huge = LotaEmulator.before(many).countOnly().start()) {
      Program.at(huge)
          .javaOptions("-Xmx64m")
          .json("--quiet --dry-run s3://bucket")
          .silent()
          .exits(0)
          .planned(MILLION);
      assertThat(huge.seen().rangedHeads()).isZero();
      assertThat(huge.seen().lists()).isBetween(1000L, 1200L);
    }
  }

  @Test
  void aMillionLinesOfAKeyListFitInto64Megabytes() throws Exception {
    MemoryOrigin many = new MemoryOrigin().generate("bucket", 1, _ -> "k");
    try (LotaEmulator huge = LotaEmulator.before(many).countOnly().start()) {
      Program.bare()
          .endpoint(huge.endpoint())
          .env("LOTA_PRESTAGE_NO_SIGN_REQUEST", "true")
          .javaOptions("-Xmx64m")
          .input(in -> {
            try (Writer lines =
                new BufferedWriter(new OutputStreamWriter(in, StandardCharsets.UTF_8))) {
              for (int i = 0; i < MILLION; i++) {
                lines.write("data/shard-" + i + ".tar\n");
              }
            }
          })
          .json("--quiet -b bucket --files-from -")
          .silent()
          .exits(0)
          .prestaged(MILLION);
      assertThat(huge.seen().rangedHeads()).isEqualTo(MILLION);
      assertThat(huge.seen().mostInFlight()).isLessThanOrEqualTo(300);
    }
  }

  @ParameterizedTest
  @CsvSource({"-Xmx24m", "-Xmx64m", "-Xmx1g", "-XX:MaxRAM=64m", "-XX:MaxRAM=256m"})
  void itStartsInHeapsOfAnySize(String javaOptions) throws Exception {
    Program.at(lota).javaOptions(javaOptions).run("s3://bucket/data/0001").silent().exits(0);
  }

  @Test
  void heapOptionsForEveryJavaAreSeen() throws Exception {
    Program.at(lota).env("JDK_JAVA_OPTIONS", "-Xmx24m").run("s3://bucket/data/0001").exits(0);
  }
}
