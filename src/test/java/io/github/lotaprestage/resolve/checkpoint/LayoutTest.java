package io.github.lotaprestage.resolve.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.plan.Latest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LayoutTest {

  @ParameterizedTest
  @EnumSource(names = "AUTO", mode = EnumSource.Mode.EXCLUDE)
  void everyNameHasARowHereAndInTheReference(Latest.Layout id) throws IOException {
    assertThat(Layout.meant(id)).extracting(Layout::id).containsExactly(id);
    assertThat(Files.readString(Path.of("docs/reference/checkpoints.md")))
        .contains("\n| `" + id + "` | ");
  }
}
