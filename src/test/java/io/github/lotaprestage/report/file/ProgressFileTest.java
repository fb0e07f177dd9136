package io.github.lotaprestage.report.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.engine.Tally;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.Outcome;
import io.github.lotaprestage.report.ExitStatus;
import io.github.lotaprestage.report.RunReport;
import io.github.lotaprestage.report.sink.Snapshot;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgressFileTest {

  @TempDir private Path directory;

  private Path file() {
    return directory.resolve("progress");
  }

  private static Snapshot at(long finished, long selected) {
    return new Snapshot(
        10,
        selected,
        false,
        finished,
        finished,
        0,
        0,
        0,
        0,
        0,
        0,
        1,
        Duration.ZERO,
        Duration.ofSeconds(1));
  }

  private static RunReport end(int objects) {
    Tally totals = new Tally();
    for (int i = 0; i < objects; i++) {
      totals.add(new Outcome.Planned(ObjectRef.named("bucket", "k" + i)));
    }
    return new RunReport(totals.summary(9, Duration.ZERO), ExitStatus.OK, true, null, null);
  }

  @Test
  void itShowsFinishedAndSelectedObjects() throws Exception {
    ProgressFile progress = new ProgressFile(file().toString());
    progress.progress(at(0, 12));
    assertThat(file()).hasContent("0/12");
    progress.progress(at(5, 70));
    assertThat(file()).hasContent("5/70");
    progress.summary(end(3));
    assertThat(file()).hasContent("3/3");
  }

  @Test
  void nothingIsWrittenWhileNothingIsSelected() throws Exception {
    ProgressFile progress = new ProgressFile(file().toString());
    progress.progress(at(0, 0));
    progress.summary(end(0));
    assertThat(file()).doesNotExist();
  }
}
