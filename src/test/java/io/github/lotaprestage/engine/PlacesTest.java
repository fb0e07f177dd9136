package io.github.lotaprestage.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PlacesTest {

  private static final long MIB = 1L << 20;
  private static final OptionalLong UNKNOWN = OptionalLong.empty();

  /// How many of these objects get a place, one after another, before one has to wait.
  private static int started(Places places, long... sizes) throws InterruptedException {
    List<Long> started = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch ended = new CountDownLatch(1);
    long left = LongStream.of(sizes).sum();
    Thread thread =
        Thread.ofVirtual()
            .start(() -> {
              long rest = left;
              try {
                for (long size : sizes) {
                  rest -= size;
                  places.take(size, OptionalLong.of(rest));
                  started.add(size);
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              } finally {
                ended.countDown();
              }
            });
    while (thread.getState() != Thread.State.WAITING && thread.isAlive()) {
      Thread.onSpinWait();
    }
    thread.interrupt();
    ended.await();
    return started.size();
  }

  private static long[] sizes(long first, int others, long size) {
    return LongStream.concat(LongStream.of(first), LongStream.generate(() -> size).limit(others))
        .toArray();
  }

  @Test
  void noMoreThanAllowedAreTaken() throws Exception {
    Places places = new Places(3);
    for (int i = 0; i < 3; i++) {
      places.take(1, UNKNOWN);
    }
    CountDownLatch fourth = new CountDownLatch(1);
    Thread.ofVirtual()
        .start(() -> {
          try {
            places.take(1, UNKNOWN);
            fourth.countDown();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
    assertThat(places.taken()).isEqualTo(3);
    assertThat(fourth.getCount()).isEqualTo(1);
    places.giveBack(1);
    fourth.await();
    assertThat(places.taken()).isEqualTo(3);
  }

  @Test
  void objectsOfOneSizeTakeAllPlaces() throws Exception {
    assertThat(started(new Places(300), sizes(64 * MIB, 5000, 64 * MIB))).isEqualTo(300);
  }

  /// 5,000 objects of 64 MiB are 16 times the one of 20,000 MiB: 17 of them at a time do it.
  @Test
  void aHugeObjectGetsJustTheCompanyThatDoesTheRestMeanwhile() throws Exception {
    assertThat(started(new Places(300), sizes(20_000 * MIB, 5000, 64 * MIB))).isEqualTo(1 + 17);
  }

  @Test
  void smallObjectsAreNotHeldBack() throws Exception {
    assertThat(started(new Places(300), sizes(20_000 * MIB, 10_000, 1000))).isEqualTo(300);
    assertThat(started(new Places(300), sizes(20_000 * MIB, 10_000, 4 * MIB))).isEqualTo(1 + 64);
  }

  @Test
  void aFewLargeObjectsGoTogether() throws Exception {
    long[] three = {1000 * MIB, 600 * MIB, 600 * MIB, 600 * MIB, 500 * MIB, 400 * MIB};
    assertThat(started(new Places(300), three)).isEqualTo(6);
  }

  @Test
  void nobodyIsHeldBackBeforeAllIsKnown() throws Exception {
    Places places = new Places(300);
    places.take(20_000 * MIB, UNKNOWN);
    for (int i = 1; i < 300; i++) {
      places.take(64 * MIB, UNKNOWN);
    }
    assertThat(places.taken()).isEqualTo(300);
  }

  @Test
  void whenTheHugeObjectIsDoneTheOthersTakeAllPlaces() throws Exception {
    Places places = new Places(300);
    started(places, sizes(20_000 * MIB, 5000, 64 * MIB));
    places.giveBack(20_000 * MIB);
    assertThat(places.taken()).isEqualTo(17);
    assertThat(started(places, sizes(64 * MIB, 5000, 64 * MIB))).isEqualTo(300 - 17);
  }

  @Test
  void anOpenedOneLetsEverybodyGoOn() throws Exception {
    Places places = new Places(1);
    places.take(1, UNKNOWN);
    places.open();
    places.take(1, UNKNOWN);
    assertThat(places.taken()).isEqualTo(2);
  }
}
