package io.github.lotaprestage.report.live;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Iterator;

/// How fast a run is: over its last seconds, and from its beginning.
final class Speed {

  /// @param elapsed since the run began
  private record Sample(Duration elapsed, long objects, long bytes) {}

  /// Long enough to contain a few objects of some gibibytes.
  private static final Duration WINDOW = Duration.ofSeconds(30);

  private static final Duration SPACING = Duration.ofMillis(500);

  private final ArrayDeque<Sample> samples = new ArrayDeque<>();
  private Sample last = new Sample(Duration.ZERO, 0, 0);

  Speed() {
    samples.add(last);
  }

  /// @param objects finished so far
  /// @param bytes of these objects
  void add(Duration elapsed, long objects, long bytes) {
    last = new Sample(elapsed, objects, bytes);
    if (elapsed.minus(samples.getLast().elapsed()).compareTo(SPACING) >= 0) {
      samples.add(last);
    }
    while (samples.size() > 2 && isOld(second())) {
      samples.remove(); // the one that stays is the beginning of the window
    }
  }

  private Sample second() {
    Iterator<Sample> all = samples.iterator();
    all.next();
    return all.next();
  }

  private boolean isOld(Sample sample) {
    return last.elapsed().minus(sample.elapsed()).compareTo(WINDOW) >= 0;
  }

  double recentObjects() {
    return perSecond(last.objects() - samples.getFirst().objects(), samples.getFirst());
  }

  double recentBytes() {
    return perSecond(last.bytes() - samples.getFirst().bytes(), samples.getFirst());
  }

  /// Whether there is something from before the last seconds.
  boolean hasPast() {
    return !samples.getFirst().elapsed().isZero();
  }

  /// How long it takes to finish so many more, in seconds: at the speed of the last seconds, or, if
  /// nothing finished in them, at the speed so far. Infinite if nothing finished at all.
  ///
  /// @param bytes 0 if they are unknown
  double secondsFor(long objects, long bytes) {
    double byObjects = seconds(objects, recentObjects(), last.objects());
    double byBytes = bytes <= 0 ? 0 : seconds(bytes, recentBytes(), last.bytes());
    return Math.max(byObjects, byBytes);
  }

  private double seconds(long left, double recently, long soFar) {
    double overall = last.elapsed().isZero() ? 0 : soFar * 1e9 / last.elapsed().toNanos();
    double speed = recently > 0 ? recently : overall;
    return left == 0 ? 0 : left / speed;
  }

  private double perSecond(long amount, Sample since) {
    long nanos = last.elapsed().minus(since.elapsed()).toNanos();
    return nanos <= 0 ? 0 : Math.max(0, amount) * 1e9 / nanos;
  }
}
