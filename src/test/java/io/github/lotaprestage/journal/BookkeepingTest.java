package io.github.lotaprestage.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lotaprestage.engine.Outcome;
import io.github.lotaprestage.engine.Prestager;
import io.github.lotaprestage.engine.SourceException;
import io.github.lotaprestage.plan.RunFiles;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BookkeepingTest {

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

  private Bookkeeping open() throws Exception {
    return Bookkeeping.open(
        new RunFiles(Optional.empty(), Optional.of(directory.resolve("list")), false),
        false,
        URI.create("http://cwlota.com"));
  }

  @Test
  void anOutcomeThatIsToldAgainIsListedOnce() throws Exception {
    try (Bookkeeping books = open()) {
      Prestager.Listener listener = books.around(new SlowReader());
      Outcome failed = Holder.failed("key");
      assertThatThrownBy(() -> listener.finished(failed)).isInstanceOf(InterruptedException.class);
      listener.finished(failed);
      assertThat(books.finish(true)).isEmpty();
    }
    assertThat(directory.resolve("list")).hasContent("s3://bucket/key\n");
  }

  @Test
  void anOutcomeThatIsNeverToldIsListed() throws Exception {
    try (Bookkeeping books = open()) {
      Prestager.Listener listener = books.around(new SlowReader());
      assertThatThrownBy(() -> listener.finished(Holder.failed("key")))
          .isInstanceOf(InterruptedException.class);
      assertThat(books.finish(true)).isEmpty();
      assertThat(books.finish(true)).isEmpty(); // only the first call counts
    }
    assertThat(directory.resolve("list")).hasContent("s3://bucket/key\n");
  }
}
