package io.github.lotaprestage.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class HandOverTest {

  private static final Duration FOREVER = Duration.ofDays(1);
  private final SourceException problem =
      new SourceException("LIST s3://b/", Failure.local(Failure.Kind.DENIED, "AccessDenied", "no"));

  /// An item, and how many items its thread had handed over before it.
  private record Item(int thread, int number) {}

  private static Thread put(HandOver<Integer> handOver, Integer... items) {
    return Thread.startVirtualThread(() -> {
      try {
        for (Integer item : items) {
          handOver.put(item);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    });
  }

  private static void awaitWaiting(Thread thread) {
    while (thread.getState() != Thread.State.WAITING
        && thread.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
  }

  @Test
  void manyThreadsHandEachItemOverOnceInTheirOrderAndWithinTheBound() throws Exception {
    int threads = 100;
    int each = 1000;
    int bound = 10;
    HandOver<Item> handOver = new HandOver<>(bound);
    AtomicInteger held = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger left = new AtomicInteger(threads);
    for (int i = 0; i < threads; i++) {
      int thread = i;
      Thread.startVirtualThread(() -> {
        try {
          for (int number = 0; number < each; number++) {
            most.accumulateAndGet(held.incrementAndGet(), Math::max);
            handOver.put(new Item(thread, number));
          }
          if (left.decrementAndGet() == 0) {
            handOver.end();
          }
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
      });
    }
    int[] next = new int[threads];
    for (Item item = handOver.take(); item != null; item = handOver.take()) {
      held.decrementAndGet();
      assertThat(item.number()).isEqualTo(next[item.thread()]++);
    }
    assertThat(next).containsOnly(each);
    assertThat(most.get()).isLessThanOrEqualTo(bound + threads + 1); // and the one being taken
    assertThat(handOver.isOver()).isTrue();
  }

  @Test
  void everyThreadThatWaitsForSpaceGoesOnOnceThereIsSome() throws Exception {
    HandOver<Integer> handOver = new HandOver<>(2);
    List<Thread> threads = IntStream.range(0, 50).mapToObj(i -> put(handOver, i)).toList();
    for (int i = 0; i < 50; i++) {
      assertThat(handOver.take()).isNotNull();
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  @Test
  void theQueueDecidesWhatIsNext() throws Exception {
    HandOver<Integer> handOver =
        new HandOver<>(new PriorityQueue<>(Comparator.<Integer>reverseOrder()), 10);
    put(handOver, 1, 3, 2).join();
    assertThat(List.of(handOver.take(), handOver.take(), handOver.take())).containsExactly(3, 2, 1);
  }

  @Test
  void aProblemOvertakesWhatIsHeld() throws Exception {
    HandOver<Integer> handOver = new HandOver<>(10);
    put(handOver, 1).join();
    handOver.problem(problem);
    assertThatThrownBy(handOver::take).isSameAs(problem);
    assertThat(handOver.take()).isEqualTo(1);
  }

  @Test
  void whatWasHeldAtTheEndIsStillTaken() throws Exception {
    HandOver<Integer> handOver = new HandOver<>(10);
    put(handOver, 1).join();
    handOver.end();
    assertThat(handOver.isOver()).isFalse();
    assertThat(handOver.take()).isEqualTo(1);
    assertThat(handOver.take()).isNull();
    assertThat(handOver.isOver()).isTrue();
  }

  @Test
  void aFaultIsNotAnEnd() {
    IllegalArgumentException fault = new IllegalArgumentException("broken");
    HandOver<Integer> handOver = new HandOver<>(10);
    handOver.putAll(new Scripted(fault), _ -> 1);
    assertThatThrownBy(handOver::take).isInstanceOf(IllegalStateException.class).hasCause(fault);
    assertThat(handOver.isWhole()).isFalse();
  }

  @Test
  void aSourceIsHandedOverWithItsProblemsAndItsEnd() throws Exception {
    HandOver<Entry> handOver = new HandOver<>(10);
    ObjectRef object = ObjectRef.named("b", "k");
    handOver.putAll(new Scripted(object, problem, object), entry -> entry);
    assertThatThrownBy(handOver::take).isSameAs(problem);
    assertThat(handOver.take()).isEqualTo(object);
    assertThat(handOver.take()).isEqualTo(object);
    assertThat(handOver.take()).isNull();
  }

  @Test
  void itIsNotWholeWhileAProblemIsUnknownToTheTaker() {
    HandOver<Integer> handOver = new HandOver<>(10);
    assertThat(handOver.isWhole()).isFalse();
    handOver.problem(problem);
    handOver.end();
    assertThat(handOver.isWhole()).isFalse();
    assertThatThrownBy(handOver::poll).isSameAs(problem);
    assertThat(handOver.isWhole()).isTrue();
  }

  @Test
  void anItemOfAnInterruptedThreadIsHandedOverAllTheSame() throws Exception {
    HandOver<Integer> handOver = new HandOver<>(1);
    Thread waiting = put(handOver, 1);
    awaitWaiting(waiting);
    waiting.interrupt();
    waiting.join();
    assertThat(handOver.take()).isEqualTo(1);
  }

  @Test
  void unboundNobodyWaits() throws Exception {
    HandOver<Integer> handOver = new HandOver<>(1);
    Thread waiting = put(handOver, 1, 2, 3);
    awaitWaiting(waiting);
    handOver.unbind();
    waiting.join();
    assertThat(handOver.drain()).containsExactly(1, 2, 3);
  }

  @Test
  void drainingMakesSpace() throws Exception {
    HandOver<Integer> handOver = new HandOver<>(1);
    Thread waiting = put(handOver, 1);
    awaitWaiting(waiting);
    assertThat(handOver.drain()).containsExactly(1);
    waiting.join();
    assertThat(handOver.poll()).isNull();
  }

  @Test
  void gatheringEndsWhenNoMoreMayBeHeld() throws Exception {
    assertGatheringEndsWith(handOver -> put(handOver, 2, 3));
  }

  @Test
  void gatheringEndsWhenNothingFollows() throws Exception {
    assertGatheringEndsWith(HandOver::end);
  }

  @Test
  void gatheringEndsWithAProblem() throws Exception {
    assertGatheringEndsWith(handOver -> handOver.problem(problem));
  }

  @Test
  void gatheringEndsOnRequest() throws Exception {
    assertGatheringEndsWith(HandOver::endGathering);
  }

  @Test
  void gatheringEndsWithItsTime() throws Exception {
    HandOver<Integer> handOver = new HandOver<>(3);
    put(handOver, 1).join();
    handOver.gather(Duration.ofMillis(1));
    assertThat(handOver.poll()).isEqualTo(1);
  }

  private interface Step {
    void on(HandOver<Integer> handOver);
  }

  private void assertGatheringEndsWith(Step step) throws InterruptedException {
    assertGatheringEndsWith(new HandOver<>(3), step);
  }

  /// A burst of names must not keep later ones from being looked up together.
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void eachGatheringWaitsAnew(int earlier) throws Exception {
    HandOver<Integer> handOver = new HandOver<>(3);
    switch (earlier) {
      case 0 -> {
        put(handOver, 1).join();
        put(handOver, 2).join();
        Thread last = put(handOver, 3);
        handOver.gather(FOREVER);
        assertThat(handOver.drain()).hasSize(3);
        last.join();
      }
      case 1 -> {
        handOver.problem(problem);
        handOver.gather(FOREVER);
        assertThatThrownBy(handOver::poll).isSameAs(problem);
      }
      default -> {
        put(handOver, 1).join();
        handOver.endGathering();
        handOver.gather(FOREVER);
        assertThat(handOver.poll()).isEqualTo(1);
      }
    }
    assertGatheringEndsWith(handOver, HandOver::end);
  }

  private void assertGatheringEndsWith(HandOver<Integer> handOver, Step step)
      throws InterruptedException {
    Thread gathering =
        Thread.startVirtualThread(() -> {
          try {
            handOver.gather(FOREVER);
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        });
    awaitWaiting(gathering);
    put(handOver, 1).join();
    while (gathering.getState() != Thread.State.TIMED_WAITING) {
      assertThat(gathering.isAlive()).as("it waits for more").isTrue();
      Thread.onSpinWait(); // it has seen the item, and goes on waiting
    }
    step.on(handOver);
    gathering.join();
  }

  /// Yields what it is given, and throws what is an exception.
  private static final class Scripted implements ObjectSource {
    private final List<Object> steps;

    Scripted(Object... steps) {
      this.steps = new ArrayList<>(List.of(steps));
    }

    @Override
    @SuppressWarnings("NullAway") // null is the end
    public Entry next() throws SourceException {
      return switch (steps.isEmpty() ? null : steps.removeFirst()) {
        case SourceException problem -> throw problem;
        case RuntimeException fault -> throw fault;
        case Entry entry -> entry;
        case null -> null;
        default -> throw new IllegalStateException("cannot yield it");
      };
    }

    @Override
    public long listed() {
      return 0;
    }

    @Override
    public void close() {}
  }
}
