package io.github.lotaprestage.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.plan.RunFiles;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunRecordsTest {

  @TempDir private Path directory;

  private RunRecords open() throws Exception {
    return RunRecords.open(
        RunFiles.builder().failedTo(directory.resolve("list")).build(),
        false,
        URI.create("http://cwlota.com"),
        List.of());
  }

  @Test
  void whatIsNotInTheCacheIsListedOnce() throws Exception {
    try (RunRecords records = open()) {
      records.finished(Holder.failed("key"));
      assertThat(records.finish(true)).isEmpty();
      assertThat(records.finish(true)).isEmpty(); // only the first call counts
    }
    assertThat(directory.resolve("list")).hasContent("s3://bucket/key\n");
  }
}
