package io.github.lotaprestage.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lotaprestage.engine.Prestager;
import io.github.lotaprestage.object.Outcome;
import io.github.lotaprestage.object.SourceException;
import io.github.lotaprestage.plan.RunFiles;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunRecordsTest {

  @TempDir private Path directory;

  /// A listener that is interrupted while it waits for a slow reader, the first time.
  private static final class SlowReader implements Prestager.Listener {
    private boolean waited;

    @Override
    public void finished(Outcome outcome) throws InterruptedException {
      if (!waited) {
        waited = true;
        throw new InterruptedException();
      }
    }

    @Override
    public void sourceFailed(SourceException problem) {}
  }

  private RunRecords open() throws Exception {
    return RunRecords.open(
        RunFiles.builder().failedTo(directory.resolve("list")).build(),
        false,
        URI.create("http://cwlota.com"));
  }

  @Test
  void anOutcomeThatIsToldAgainIsListedOnce() throws Exception {
    try (RunRecords records = open()) {
      Prestager.Listener listener = records.around(new SlowReader());
      Outcome failed = Holder.failed("key");
      assertThatThrownBy(() -> listener.finished(failed)).isInstanceOf(InterruptedException.class);
      listener.finished(failed);
      assertThat(records.finish(true)).isEmpty();
    }
    assertThat(directory.resolve("list")).hasContent("s3://bucket/key\n");
  }

  @Test
  void anOutcomeThatIsNeverToldIsListed() throws Exception {
    try (RunRecords records = open()) {
      Prestager.Listener listener = records.around(new SlowReader());
      assertThatThrownBy(() -> listener.finished(Holder.failed("key")))
          .isInstanceOf(InterruptedException.class);
      assertThat(records.finish(true)).isEmpty();
      assertThat(records.finish(true)).isEmpty(); // only the first call counts
    }
    assertThat(directory.resolve("list")).hasContent("s3://bucket/key\n");
  }
}
