package io.github.lotaprestage.engine.pace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Stages objects against limiters in virtual time: 300 requests at once, answers after 5 ms, and
/// retries with full jitter.
class LearnedRateTest {

  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1000 * MILLI;

  private interface Limiter {
    boolean accepts(long now, int inFlight);
  }

  private record Event(long at, int attempts, boolean answer, long generation, boolean accepted) {}

  /// @param secondsForMost until 95 % were staged; the last ones wait for their backoff
  private record Result(double requestsPerObject, double seconds, double secondsForMost) {}

  private static Result run(int objects, long answerAfter, Limiter limiter) {
    return run(objects, answerAfter, limiter, 300);
  }

  private static Result run(int objects, long answerAfter, Limiter limiter, int concurrency) {
    LearnedRate rate = new LearnedRate();
    ConcurrencyBound bound = new ConcurrencyBound(concurrency);
    SplittableRandom random = new SplittableRandom(42);
    PriorityQueue<Event> events = new PriorityQueue<>(Comparator.comparingLong(Event::at));
    Deque<Integer> ready = new ArrayDeque<>();
    for (int i = 0; i < objects; i++) {
      ready.add(0);
    }
    long now = 0;
    int inFlight = 0;
    int accepted = 0;
    int staged = 0;
    long requests = 0;
    long mostAt = 0;
    while (staged < objects && requests < 10L * objects) {
      while (!ready.isEmpty() && inFlight < bound.now() && rate.delay(now) <= 0) {
        int attempts = ready.remove() + 1;
        boolean good = limiter.accepts(now, accepted);
        accepted += good ? 1 : 0;
        inFlight++;
        requests++;
        long answerAt = now + (good ? answerAfter : 5 * MILLI);
        events.add(new Event(answerAt, attempts, true, rate.sending(now), good));
        now += 50_000; // to send one takes a moment
      }
      boolean maySend = !ready.isEmpty() && inFlight < bound.now();
      long sendAt = maySend ? now + rate.delay(now) : Long.MAX_VALUE;
      Event next = events.peek();
      if (next == null || next.at() > sendAt) {
        now = Math.max(now, sendAt);
        continue;
      }
      events.remove();
      now = Math.max(now, next.at());
      if (!next.answer()) {
        ready.add(next.attempts());
        continue;
      }
      inFlight--;
      accepted -= next.accepted() ? 1 : 0;
      bound.answered(!next.accepted());
      if (next.accepted()) {
        staged++;
        mostAt = staged <= objects * 0.95 ? now : mostAt;
      } else {
        rate.throttled(next.generation(), now);
        long most = Math.min(20_000, 100L << Math.min(next.attempts() - 1, 10));
        long backoff = random.nextLong(most + 1) * MILLI;
        events.add(new Event(now + backoff, next.attempts(), false, 0, false));
      }
    }
    return new Result((double) requests / objects, now / 1e9, mostAt / 1e9);
  }

  /// As many a second as `perSecond`, and a burst of as many.
  private static Limiter tokens(double perSecond) {
    double[] tokens = {perSecond};
    long[] last = {0};
    return (now, _) -> {
      tokens[0] = Math.min(perSecond, tokens[0] + (now - last[0]) * perSecond / 1e9);
      last[0] = now;
      if (tokens[0] < 1) {
        return false;
      }
      tokens[0]--;
      return true;
    };
  }

  /// As many in each second of the clock.
  private static Limiter fixedWindow(int perSecond) {
    long[] second = {-1};
    int[] count = {0};
    return (now, _) -> {
      if (now / SECOND != second[0]) {
        second[0] = now / SECOND;
        count[0] = 0;
      }
      return count[0]++ < perSecond;
    };
  }

  /// As many in the last `window`, refused requests included.
  private static Limiter countsRefused(int most, long window) {
    Deque<Long> seen = new ArrayDeque<>();
    return (now, _) -> {
      while (!seen.isEmpty() && seen.peek() <= now - window) {
        seen.remove();
      }
      seen.add(now);
      return seen.size() <= most;
    };
  }

  @ParameterizedTest
  @CsvSource({"200, 50", "500, 50", "3000, 50", "3000, 300", "20000, 1000"})
  void aLimitOnRequestsPerSecondIsLearned(int objects, int perSecond) {
    double ideal = (double) objects / perSecond;
    Result bucket = run(objects, 5 * MILLI, tokens(perSecond));
    assertThat(bucket.requestsPerObject()).isLessThan(1.5);
    assertThat(bucket.seconds()).isLessThan(1.3 * ideal + 3);
    Result window = run(objects, 5 * MILLI, fixedWindow(perSecond));
    assertThat(window.requestsPerObject()).isLessThan(1.5);
    assertThat(window.seconds()).isLessThan(1.3 * ideal + 3);
  }

  @ParameterizedTest
  @CsvSource({"600, 100, 1", "3000, 300, 1", "3000, 1000, 10", "20000, 1000, 1"})
  void aLimiterThatCountsRefusedRequestsIsLearned(int objects, int most, int windowSeconds) {
    double ideal = (double) objects * windowSeconds / most;
    Result result = run(objects, 5 * MILLI, countsRefused(most, windowSeconds * SECOND));
    assertThat(result.requestsPerObject()).isLessThan(1.5);
    assertThat(result.seconds()).isLessThan(1.5 * ideal + 10);
  }

  @Test
  void aLimitIsLearnedFromSlowFillsToo() {
    Result result = run(1000, 2 * SECOND, tokens(50));
    assertThat(result.requestsPerObject()).isLessThan(1.5);
    assertThat(result.seconds()).isLessThan(40);
  }

  @Test
  void aLimitOnConcurrencyIsNotTakenForOneOnTheRate() {
    Result result = run(3000, 5 * MILLI, (_, accepted) -> accepted < 40);
    assertThat(result.requestsPerObject()).isLessThan(1.5);
    assertThat(result.seconds()).isLessThan(3);
  }

  @ParameterizedTest
  @CsvSource({"0.05, 1", "0.1, 1", "0.15, 1", "0.2, 3", "0.3, 5", "0.4, 6", "0.5, 10", "0.6, 20"})
  void requestsThatAreThrottledByChanceStarveNothing(double share, int seconds) {
    for (int concurrency : new int[] {50, 300}) {
      for (int seed = 0; seed < 10; seed++) {
        SplittableRandom dice = new SplittableRandom(seed);
        Limiter limiter = (_, _) -> dice.nextDouble() >= share;
        Result result = run(3000, 5 * MILLI, limiter, concurrency);
        assertThat(result.secondsForMost())
            .as("%d at once, dice %d", concurrency, seed)
            .isLessThan(seconds);
      }
    }
  }

  @Test
  void aLimitThatBeginsAmongRequestsThrottledByChanceIsLearned() {
    SplittableRandom dice = new SplittableRandom(7);
    Limiter tokens = tokens(100);
    Limiter limiter =
        (now, accepted) ->
            dice.nextDouble() >= 0.3 && (now < 5 * SECOND || tokens.accepts(now, accepted));
    Result result = run(40_000, 5 * MILLI, limiter);
    assertThat(result.requestsPerObject()).isLessThan(2);
  }
}
