package io.github.lotaprestage.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lotaprestage.object.Entry;
import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.ObjectSource;
import io.github.lotaprestage.object.SourceException;
import io.github.lotaprestage.plan.target.Target;
import io.github.lotaprestage.resolve.NamedTargets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DeferredSourceTest {

  private final AtomicInteger closed = new AtomicInteger();

  private ObjectSource one() {
    NamedKeys keys = new NamedKeys(new NamedTargets(List.of(new Target.Key("b", "k"))), _ -> null);
    return new ObjectSource() {
      @Override
      public @Nullable Entry next() {
        return keys.next();
      }

      @Override
      public long listed() {
        return keys.listed();
      }

      @Override
      public Rest unread() {
        return keys.unread();
      }

      @Override
      public void close() {
        closed.incrementAndGet();
      }
    };
  }

  @Test
  void isOpenedByItsFirstObject() throws Exception {
    AtomicInteger openings = new AtomicInteger();
    DeferredSource source =
        new DeferredSource(_ -> {
          openings.incrementAndGet();
          return one();
        });
    assertThat(source.listed()).isZero();
    assertThat(source.unread().all()).isFalse();
    assertThat(openings).hasValue(0);
    assertThat(source.next()).isEqualTo(ObjectRef.named("b", "k"));
    assertThat(source.next()).isNull();
    assertThat(source.listed()).isEqualTo(1);
    assertThat(openings).hasValue(1);
    source.close();
    assertThat(closed).hasValue(1);
  }

  @Test
  void problemsComeFirstAndTheRestIsNotLost() throws Exception {
    SourceException problem =
        new SourceException("LIST", Failure.local(Failure.Kind.DENIED, "AccessDenied", "no"));
    DeferredSource source =
        new DeferredSource(problems -> {
          problems.accept(problem);
          problems.accept(problem);
          return one();
        });
    assertThatThrownBy(source::next).isSameAs(problem);
    assertThat(source.unread().all()).isFalse();
    assertThatThrownBy(source::next).isSameAs(problem);
    assertThat(source.unread().all()).isTrue();
  }

  @Test
  void closingDoesNotWaitForAnOpeningAndClosesWhatItOpens() throws Exception {
    CountDownLatch opening = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    DeferredSource source =
        new DeferredSource(_ -> {
          opening.countDown();
          answer.await();
          return one();
        });
    CompletableFuture<@Nullable Entry> first =
        CompletableFuture.supplyAsync(() -> {
          try {
            return source.next();
          } catch (SourceException | InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
    opening.await();
    source.close();
    assertThat(closed).hasValue(0);
    answer.countDown();
    assertThat(first.get()).isNotNull();
    assertThat(closed).hasValue(1);
  }
}
