package io.github.lotaprestage.source.lists;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lotaprestage.engine.FakeSource;
import io.github.lotaprestage.object.Entry;
import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.ObjectSource;
import io.github.lotaprestage.object.SourceException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReadAheadTest {

  private final SourceException problem =
      new SourceException("read keys", Failure.local(Failure.Kind.FILE, "ReadError", "no more"));

  private static List<ObjectRef> objects(int count) {
    return LongStream.range(0, count).mapToObj(i -> ObjectRef.named("b", "k" + i)).toList();
  }

  @Test
  void keepsTheOrderAndReportsAProblemOnce() throws Exception {
    List<ObjectRef> objects = objects(5000);
    FakeSource source = new FakeSource(objects);
    source.failBefore(3000, problem);
    List<Entry> found = new ArrayList<>();
    try (ReadAhead ahead = new ReadAhead(source)) {
      assertThatThrownBy(() -> takeAll(ahead, found)).isSameAs(problem);
      takeAll(ahead, found);
      assertThat(ahead.next()).isNull();
    }
    assertThat(found).isEqualTo(objects);
  }

  private static void takeAll(ReadAhead ahead, List<Entry> found) throws Exception {
    for (Entry entry = ahead.next(); entry != null; entry = ahead.next()) {
      found.add(entry);
    }
  }

  @Test
  void aFaultIsNoEnd() {
    IllegalArgumentException fault = new IllegalArgumentException("broken");
    try (ReadAhead ahead =
        new ReadAhead(
            source(() -> {
              throw fault;
            }))) {
      assertThatThrownBy(ahead::next).hasCause(fault);
    }
  }

  /// As a pipe that nobody writes to.
  @Test
  void whoWaitsForWhatCannotBeInterruptedCanBe() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch written = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    ObjectSource deaf =
        source(
            () -> {
              asked.countDown();
              awaitDeaf(written);
              return null;
            },
            closed::countDown);
    try (ReadAhead ahead = new ReadAhead(deaf)) {
      CountDownLatch ended = new CountDownLatch(1);
      Thread waiting =
          Thread.startVirtualThread(() -> {
            assertThatThrownBy(ahead::next).isInstanceOf(InterruptedException.class);
            ended.countDown();
          });
      asked.await();
      waiting.interrupt();
      ended.await();
    }
    assertThat(closed.getCount()).isEqualTo(1);
    written.countDown();
    closed.await();
  }

  private static void awaitDeaf(CountDownLatch latch) {
    boolean done = false;
    while (!done) {
      try {
        latch.await();
        done = true;
      } catch (InterruptedException e) {
        done = false;
      }
    }
  }

  private interface Next {
    @Nullable Entry get();
  }

  private static ObjectSource source(Next next) {
    return source(next, () -> {});
  }

  private static ObjectSource source(Next next, Runnable close) {
    return new ObjectSource() {
      @Override
      public @Nullable Entry next() {
        return next.get();
      }

      @Override
      public long listed() {
        return 0;
      }

      @Override
      public void close() {
        close.run();
      }
    };
  }
}
