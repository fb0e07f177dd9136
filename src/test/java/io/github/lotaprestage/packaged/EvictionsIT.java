package io.github.lotaprestage.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.demo.Evictions;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The evidence for the limits of the cache, as it is documented.
@Timeout(120)
class EvictionsIT {

  @Test
  void thePageShowsWhatHappens() throws Exception {
    assertThat(Path.of("docs/explanation/lota.md"))
        .content()
        .contains(Evictions.table(Program.PATH));
  }
}
