package io.github.lotaprestage.engine.pace;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.engine.pace.AdmissionControl.Answer;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.plan.Limits;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// `--max-fill-rate` and `--rate` with places and retries, in virtual time: a model of a store that
/// takes 20 ms and fills 400 MB/s an object, and fails every fifth first attempt.
class RatesModelTest {

  private static final long SECOND = 1_000_000_000;
  private static final long MB = 1_000_000;

  /// A request.
  ///
  /// @param waited since the object asked for it
  private record Sent(long at, long number, long bytes, boolean retry, long waited) {}

  private record Event(long at, Runnable then) {}

  private static final class Model {
    private final AdmissionControl admission;
    private final long[] sizes;
    private final boolean known;
    private final Random random = new Random(7);
    private final PriorityQueue<Event> events =
        new PriorityQueue<>(Comparator.comparingLong(Event::at));
    private final List<Asking> asking = new ArrayList<>();
    private final List<Sent> sent = new ArrayList<>();
    private long now;
    private int next;
    private int left;
    private @Nullable Asking fresh;

    private final class Asking {
      private final Slot slot;
      private final int number;
      private boolean retry;
      private long since;

      Asking(int number) {
        Long size = known ? sizes[number] : null;
        this.slot = new Slot(new ObjectRef("b", "k", size, null, null, null), number);
        this.number = number;
      }

      void ask() {
        since = now;
        assertThat(admission.request(slot)).isTrue();
        asking.add(this);
      }

      void send() {
        sent.add(new Sent(now, number, retry ? 0 : sizes[number], retry, now - since));
        events.add(
            new Event(now + SECOND / 50 + sizes[number] * SECOND / (400 * MB), this::answer));
      }

      void answer() {
        if (!retry && random.nextInt(5) == 0) {
          admission.suspend(slot, Answer.ACCEPTED);
          retry = true;
          events.add(new Event(now + random.nextLong(SECOND), this::ask));
          return;
        }
        if (!known) {
          admission.charge(sizes[number]);
        }
        admission.finish(slot, Answer.ACCEPTED);
        left--;
      }
    }

    Model(Limits limits, boolean known, LongStream sizes) {
      this.admission = new AdmissionControl(limits, () -> now);
      this.known = known;
      this.sizes = sizes.toArray();
      this.left = this.sizes.length;
    }

    Model run() {
      while (left > 0) {
        boolean moved = start();
        moved |= send();
        if (!moved) {
          advance();
        }
      }
      return this;
    }

    private boolean start() {
      if (fresh == null && next < sizes.length) {
        fresh = new Asking(next++);
        admission.arrive(fresh.slot, OptionalLong.empty());
      }
      Asking started = fresh;
      if (started == null || started.slot.state != Slot.State.ADMITTED) {
        return false;
      }
      fresh = null;
      started.ask();
      return true;
    }

    private boolean send() {
      List<Asking> admitted =
          asking.stream().filter(each -> each.slot.state == Slot.State.ADMITTED).toList();
      asking.removeAll(admitted);
      admitted.forEach(Asking::send);
      return !admitted.isEmpty();
    }

    private void advance() {
      OptionalLong again = admission.heldBackUntil();
      if (again.isPresent() && (events.isEmpty() || again.getAsLong() < events.peek().at())) {
        now = Math.max(now, again.getAsLong());
        admission.grantAgain();
      } else {
        Event event = events.remove();
        now = Math.max(now, event.at());
        event.then().run();
      }
    }

    long most(long length, ToLongFunction<Sent> amount) {
      long most = 0;
      long sum = 0;
      Iterator<Sent> oldest = sent.iterator();
      Sent first = oldest.next();
      for (Sent each : sent) {
        sum += amount.applyAsLong(each);
        while (each.at() - first.at() >= length) {
          sum -= amount.applyAsLong(first);
          first = oldest.next();
        }
        most = Math.max(most, sum);
      }
      return most;
    }
  }

  private static Limits.Builder places(int number) {
    return Limits.builder().concurrency(number);
  }

  private static LongStream sizes(int count, long most) {
    return new Random(3).longs(count, 1, most);
  }

  @Test
  void anyFiveSecondsStayWithinBothRates() {
    Model model =
        new Model(
                places(40).fillBytesPerSecond(100 * MB).headsPerSecond(10).build(),
                true,
                sizes(3_000, 25 * MB))
            .run();
    assertThat(model.most(5 * SECOND, Sent::bytes)).isLessThanOrEqualTo(525 * MB);
    assertThat(model.most(5 * SECOND, _ -> 1)).isLessThanOrEqualTo(51);
  }

  @Test
  void aBusyRunUsesAllOfTheRate() {
    Model model =
        new Model(places(40).fillBytesPerSecond(100 * MB).build(), true, sizes(3_000, 25 * MB))
            .run();
    long bytes = model.sent.stream().mapToLong(Sent::bytes).sum();
    assertThat(model.most(5 * SECOND, Sent::bytes)).isBetween(475 * MB, 525 * MB);
    assertThat(model.sent.getLast().at()).isLessThan((long) (1.05 * bytes / (100 * MB) * SECOND));
  }

  /// The burst is a quarter of a second or one object.
  @Test
  void anObjectThatIsLargerThanTheBurstIsTheBurst() {
    Model model =
        new Model(places(40).fillBytesPerSecond(100 * MB).build(), true, sizes(1_000, 100 * MB))
            .run();
    assertThat(model.most(5 * SECOND, Sent::bytes)).isBetween(475 * MB, 600 * MB);
  }

  @Test
  void aRateThatIsNotReachedDelaysNothing() {
    Model without = new Model(places(20).build(), true, sizes(3_000, 25 * MB)).run();
    Model with =
        new Model(places(20).fillBytesPerSecond(9_000 * MB).build(), true, sizes(3_000, 25 * MB))
            .run();
    assertThat(with.now).isEqualTo(without.now);
    assertThat(with.sent).hasSameSizeAs(without.sent);
  }

  @Test
  void retriesDoNotWaitForTheBytesOfOthers() {
    Model model =
        new Model(places(4).fillBytesPerSecond(10 * MB).build(), true, sizes(500, 10 * MB)).run();
    assertThat(model.sent).filteredOn(Sent::retry).hasSizeGreaterThan(50);
    assertThat(model.sent)
        .filteredOn(Sent::retry)
        .allSatisfy(sent -> assertThat(sent.waited()).isLessThan(SECOND / 10));
  }

  @Test
  void retriesAndNewObjectsShareTheRateOfRequests() {
    Model model = new Model(places(20).headsPerSecond(10).build(), true, sizes(500, 10 * MB)).run();
    assertThat(model.most(5 * SECOND, _ -> 1)).isLessThanOrEqualTo(51);
    assertThat(model.sent)
        .filteredOn(Sent::retry)
        .hasSizeGreaterThan(50)
        .allSatisfy(sent -> assertThat(sent.waited()).isLessThan(SECOND));
  }

  @Test
  void objectsAreSentInTheOrderOfTheSource() {
    Model model =
        new Model(places(20).fillBytesPerSecond(100 * MB).build(), true, sizes(500, 25 * MB)).run();
    assertThat(model.sent.stream().filter(sent -> !sent.retry()).mapToLong(Sent::number))
        .containsExactlyElementsOf(IntStream.range(0, 500).asLongStream().boxed().toList());
  }

  /// At first as many as there are places are sent, since nothing has to be paid for.
  @Test
  void objectsOfUnknownSizeWaitOnceOthersAreKnown() {
    Model model =
        new Model(places(10).fillBytesPerSecond(100 * MB).build(), false, sizes(1_000, 25 * MB))
            .run();
    long bytes = LongStream.of(model.sizes).sum();
    assertThat(model.now)
        .isBetween(
            (long) (0.95 * bytes / 100 / MB * SECOND), (long) (1.05 * bytes / 100 / MB * SECOND));
  }
}
