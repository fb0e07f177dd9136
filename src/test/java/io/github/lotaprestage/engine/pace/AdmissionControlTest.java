package io.github.lotaprestage.engine.pace;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.engine.pace.AdmissionControl.Answer;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.plan.Limits;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class AdmissionControlTest {

  private static final long MIB = 1L << 20;
  private static final OptionalLong UNKNOWN = OptionalLong.empty();

  private final AtomicLong numbers = new AtomicLong();

  private static AdmissionControl control(int most) {
    return new AdmissionControl(Limits.builder().concurrency(most).build());
  }

  /// How many of these objects get a place, one after another, before one has to wait.
  private int started(AdmissionControl admission, long... sizes) throws InterruptedException {
    List<Long> started = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch ended = new CountDownLatch(1);
    long left = Math.max(0, LongStream.of(sizes).map(size -> Math.min(size, 1L << 46)).sum());
    Thread thread =
        Thread.ofVirtual()
            .start(() -> {
              long rest = left;
              try {
                for (long size : sizes) {
                  rest -= Math.min(size, 1L << 46);
                  if (admission.admit(slot(size), OptionalLong.of(rest))) {
                    started.add(size);
                  }
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              } finally {
                ended.countDown();
              }
            });
    while (!isWaiting(thread) && thread.isAlive()) {
      Thread.onSpinWait();
    }
    thread.interrupt();
    ended.await();
    return started.size();
  }

  private static boolean isWaiting(Thread thread) {
    return thread.getState() == Thread.State.WAITING
        || thread.getState() == Thread.State.TIMED_WAITING;
  }

  private Slot slot(long size) {
    return new Slot(new ObjectRef("b", "k", size, null, null, null), numbers.incrementAndGet());
  }

  private static long[] sizes(long first, int others, long size) {
    return LongStream.concat(LongStream.of(first), LongStream.generate(() -> size).limit(others))
        .toArray();
  }

  private Slot admitted(AdmissionControl admission, long size) throws InterruptedException {
    Slot slot = slot(size);
    assertThat(admission.admit(slot, UNKNOWN)).isTrue();
    return slot;
  }

  /// Starts a thread for a call that may have to wait, and returns when it waits or has ended.
  private static CompletableFuture<Boolean> waiting(Callable<Boolean> call) {
    CompletableFuture<Boolean> result = new CompletableFuture<>();
    Thread thread =
        Thread.ofVirtual()
            .start(() -> {
              try {
                result.complete(call.call());
              } catch (Exception e) {
                result.completeExceptionally(e);
              }
            });
    while (!isWaiting(thread) && thread.isAlive()) {
      Thread.onSpinWait();
    }
    return result;
  }

  @Test
  void noMoreThanAllowedAreAdmitted() throws Exception {
    AdmissionControl admission = control(2);
    Slot first = admitted(admission, 1);
    admitted(admission, 1);
    CompletableFuture<Boolean> third = waiting(() -> admission.admit(slot(1), UNKNOWN));
    assertThat(third).isNotDone();
    assertThat(admission.finish(first, Answer.ACCEPTED)).isFalse();
    assertThat(third.get()).isTrue();
    assertThat(admission.admitted()).isEqualTo(2);
  }

  @Test
  void anObjectInBackoffLetsOthersGoFirst() throws Exception {
    AdmissionControl admission = control(1);
    Slot failing = admitted(admission, 1);
    admission.suspend(failing, Answer.ACCEPTED);
    assertThat(admission.admitted()).isZero();
    Slot healthy = admitted(admission, 1);
    CompletableFuture<Boolean> retry = waiting(() -> admission.permit(failing));
    assertThat(retry).isNotDone();
    admission.finish(healthy, Answer.ACCEPTED);
    assertThat(retry.get()).isTrue();
    assertThat(admission.finish(failing, Answer.ACCEPTED)).isTrue();
  }

  /// The threads of objects start in no particular order.
  @Test
  void objectsThatWaitForTheRatesAreSentInTheirOrder() throws Exception {
    AtomicLong clock = new AtomicLong();
    AdmissionControl admission =
        new AdmissionControl(
            Limits.builder().concurrency(4).headsPerSecond(10.0).build(), clock::get);
    List<Slot> slots = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      slots.add(admitted(admission, 1));
    }
    List<Slot> sent = new ArrayList<>();
    for (int i : new int[] {3, 2, 0, 1}) {
      assertThat(admission.request(slots.get(i))).isTrue();
    }
    while (sent.size() < 4) {
      slots.stream()
          .filter(slot -> slot.state == Slot.State.ADMITTED && !sent.contains(slot))
          .forEach(sent::add);
      clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(100));
      admission.grantAgain();
    }
    assertThat(sent).extracting(slots::indexOf).containsExactly(3, 0, 1, 2);
  }

  @Test
  void retriesAndNewObjectsTakeTurns() throws Exception {
    AdmissionControl admission = control(3);
    List<Slot> failing = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      failing.add(admitted(admission, 1));
    }
    for (Slot slot : failing) {
      admission.suspend(slot, Answer.NONE);
    }
    List<Slot> running = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      running.add(admitted(admission, 1));
    }
    List<CompletableFuture<Boolean>> retries = new ArrayList<>();
    for (Slot slot : failing) {
      retries.add(waiting(() -> admission.permit(slot)));
    }
    CompletableFuture<Boolean> fresh = waiting(() -> admission.admit(slot(1), UNKNOWN));
    admission.finish(running.get(0), Answer.NONE);
    admission.finish(running.get(1), Answer.NONE);
    assertThat(fresh.get()).isTrue();
    assertThat(retries.get(0).get()).isTrue();
    assertThat(retries.get(1)).isNotDone();
    admission.finish(running.get(2), Answer.NONE);
    assertThat(retries.get(1).get()).isTrue();
  }

  @Test
  void withTenThousandWaitingNothingNewIsAdmitted() throws Exception {
    AdmissionControl admission = control(300);
    List<Slot> failing = new ArrayList<>();
    for (int i = 0; i < AdmissionControl.MAX_WAITING; i++) {
      failing.add(admitted(admission, 1));
      admission.suspend(failing.getLast(), Answer.NONE);
    }
    CompletableFuture<Boolean> fresh = waiting(() -> admission.admit(slot(1), UNKNOWN));
    assertThat(fresh).isNotDone();
    assertThat(admission.permit(failing.getFirst())).isTrue();
    assertThat(fresh).isNotDone();
    admission.finish(failing.getFirst(), Answer.NONE);
    assertThat(fresh.get()).isTrue();
  }

  @Test
  void throttledRequestsLowerHowManyAreAdmitted() throws Exception {
    AdmissionControl admission = control(4);
    List<Slot> running = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      running.add(admitted(admission, 1));
    }
    admission.suspend(running.get(0), Answer.THROTTLED);
    admission.suspend(running.get(1), Answer.THROTTLED);
    CompletableFuture<Boolean> fresh = waiting(() -> admission.admit(slot(1), UNKNOWN));
    assertThat(fresh).isNotDone();
    admission.finish(running.get(2), Answer.NONE);
    assertThat(fresh.get()).isTrue();
  }

  @Test
  void aPauseHoldsNewObjectsBackAndNoRetries() throws Exception {
    AdmissionControl admission = control(4);
    Slot failing = admitted(admission, 1);
    admission.suspend(failing, Answer.NONE);
    admission.pause(true);
    CompletableFuture<Boolean> fresh = waiting(() -> admission.admit(slot(1), UNKNOWN));
    assertThat(fresh).isNotDone();
    assertThat(admission.permit(failing)).isTrue();
    assertThat(fresh).isNotDone();
    admission.pause(false);
    assertThat(fresh.get()).isTrue();
  }

  @Test
  void aHugeObjectInBackoffHoldsNobodyBack() throws Exception {
    AdmissionControl admission = control(300);
    Slot huge = slot(20_000 * MIB);
    assertThat(admission.admit(huge, OptionalLong.of(5000 * 64 * MIB))).isTrue();
    assertThat(started(admission, sizes(64 * MIB, 4999, 64 * MIB))).isEqualTo(17);
    admission.suspend(huge, Answer.NONE);
    assertThat(started(admission, sizes(64 * MIB, 4999, 64 * MIB))).isEqualTo(300 - 17);
  }

  @Test
  void aHugeObjectBeyondItsExpectedTimeHoldsNobodyBack() throws Exception {
    AtomicLong now = new AtomicLong();
    AdmissionControl admission = new AdmissionControl(Limits.builder().build(), now::get);
    Slot huge = slot(20_000 * MIB);
    assertThat(admission.admit(huge, OptionalLong.of(5000 * 64 * MIB))).isTrue();
    assertThat(started(admission, sizes(64 * MIB, 4999, 64 * MIB))).isEqualTo(17);
    now.addAndGet(ExpectedTime.of(20_000 * MIB).toNanos());
    assertThat(started(admission, sizes(64 * MIB, 4999, 64 * MIB))).isEqualTo(300 - 18);
    assertThat(admission.admitted()).isEqualTo(300);
    assertThat(admission.finish(huge, Answer.ACCEPTED)).isFalse();
    assertThat(admission.admitted()).isEqualTo(300 - 1);
  }

  @Test
  void sizesThatNoStoreHasDoNotOverflow() throws Exception {
    AdmissionControl admission = control(300);
    long[] sizes = LongStream.generate(() -> 9_000_000_000_000_000_000L).limit(1000).toArray();
    assertThat(started(admission, sizes)).isEqualTo(300);
    assertThat(ExpectedTime.of(9_000_000_000_000_000_000L).toNanos()).isPositive();
  }

  @Test
  void objectsOfOneSizeTakeAllPlaces() throws Exception {
    assertThat(started(control(300), sizes(64 * MIB, 5000, 64 * MIB))).isEqualTo(300);
  }

  /// 5,000 objects of 64 MiB are 16 times the one of 20,000 MiB: 17 of them at a time do it.
  @Test
  void aHugeObjectGetsJustTheCompanyThatDoesTheRestMeanwhile() throws Exception {
    assertThat(started(control(300), sizes(20_000 * MIB, 5000, 64 * MIB))).isEqualTo(1 + 17);
  }

  @Test
  void smallObjectsAreNotHeldBack() throws Exception {
    assertThat(started(control(300), sizes(20_000 * MIB, 10_000, 1000))).isEqualTo(300);
    assertThat(started(control(300), sizes(20_000 * MIB, 10_000, 4 * MIB))).isEqualTo(1 + 64);
  }

  @Test
  void aFewLargeObjectsGoTogether() throws Exception {
    long[] three = {1000 * MIB, 600 * MIB, 600 * MIB, 600 * MIB, 500 * MIB, 400 * MIB};
    assertThat(started(control(300), three)).isEqualTo(6);
  }

  @Test
  void nobodyIsHeldBackBeforeAllIsKnown() throws Exception {
    AdmissionControl admission = control(300);
    admitted(admission, 20_000 * MIB);
    for (int i = 1; i < 300; i++) {
      admitted(admission, 64 * MIB);
    }
    assertThat(admission.admitted()).isEqualTo(300);
  }

  @Test
  void whenTheHugeObjectIsDoneTheOthersTakeAllCapacity() throws Exception {
    AdmissionControl admission = control(300);
    Slot huge = slot(20_000 * MIB);
    assertThat(admission.admit(huge, OptionalLong.of(5000 * 64 * MIB))).isTrue();
    assertThat(started(admission, sizes(64 * MIB, 4999, 64 * MIB))).isEqualTo(17);
    admission.finish(huge, Answer.ACCEPTED);
    assertThat(started(admission, sizes(64 * MIB, 5000, 64 * MIB))).isEqualTo(300 - 17);
  }

  @Test
  void anObjectThatWaitsForTheRatesTakesNoCapacity() throws Exception {
    AdmissionControl admission =
        new AdmissionControl(
            Limits.builder().concurrency(1).fillBytesPerSecond(1).build(), () -> 0);
    Slot failing = admitted(admission, 1000);
    assertThat(admission.permit(failing)).isTrue();
    admission.suspend(failing, Answer.ACCEPTED);
    Slot next = admitted(admission, 1);
    CompletableFuture<Boolean> first = waiting(() -> admission.permit(next));
    assertThat(admission.admitted()).isZero();
    assertThat(admission.permit(failing)).isTrue(); // its bytes are paid for
    assertThat(first).isNotDone();
    admission.close();
    assertThat(first.get()).isFalse();
    assertThat(admission.finish(next, Answer.NONE)).isFalse();
    assertThat(admission.finish(failing, Answer.ACCEPTED)).isTrue();
  }

  @Test
  void closingReleasesAllWaiters() throws Exception {
    AdmissionControl admission = control(1);
    Slot failing = admitted(admission, 1);
    admission.suspend(failing, Answer.NONE);
    admitted(admission, 1);
    CompletableFuture<Boolean> retry = waiting(() -> admission.permit(failing));
    CompletableFuture<Boolean> fresh = waiting(() -> admission.admit(slot(1), UNKNOWN));
    admission.close();
    assertThat(fresh.get()).isFalse();
    assertThat(retry.get()).isFalse();
    assertThat(admission.admit(slot(1), UNKNOWN)).isFalse();
    assertThat(admission.permit(failing)).isFalse();
    assertThat(admission.admitted()).isEqualTo(1);
  }

  /// A small first round must not make the shards of the next one wait for each other.
  @Test
  void laterRoundOfWatchIsAsFastAsFirst() throws Exception {
    AdmissionControl admission = control(64);
    Slot tracker = slot(1000);
    assertThat(admission.admit(tracker, OptionalLong.of(0))).isTrue();
    admission.finish(tracker, Answer.ACCEPTED);
    assertThat(started(admission, sizes(5001 * MIB, 63, 5000 * MIB))).isEqualTo(64);
  }
}
