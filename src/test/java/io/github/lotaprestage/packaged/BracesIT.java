package io.github.lotaprestage.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.MemoryOrigin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Names by the thousand, in little memory.
@Timeout(120)
class BracesIT {

  private static final int COUNT = Integer.getInteger("lota.prestage.names", 50_000);

  @Test
  void namesTakeNoMemoryAndNoListing() throws Exception {
    MemoryOrigin origin = new MemoryOrigin().bucket("bucket");
    origin.generate("bucket", COUNT, "shard-%06d.tar"::formatted);
    try (LotaEmulator lota = LotaEmulator.before(origin).keepNothing().start()) {
      Program.at(lota)
          .javaOptions("-Xmx64m")
          .json("-q", "s3://bucket/shard-{000000..%06d}.tar".formatted(COUNT - 1))
          .exits(0)
          .prestaged(COUNT);
      assertThat(lota.seen().rangedHeads()).isEqualTo(COUNT);
      assertThat(lota.seen().lists()).isZero();
    }
  }
}
