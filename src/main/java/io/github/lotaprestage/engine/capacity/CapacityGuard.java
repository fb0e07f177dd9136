package io.github.lotaprestage.engine.capacity;

import io.github.lotaprestage.engine.Prestager;
import io.github.lotaprestage.engine.Stager;
import io.github.lotaprestage.object.Attempt;
import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.Outcome;
import io.github.lotaprestage.object.RequestFailedException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Skips objects that do not fit into the cache any more.
///
/// - The size of an object is reserved before its first request. Once it is staged, the size of the
///   answer counts. An object that fails gives its reservation back.
/// - Objects that an earlier run staged, according to the journal, take their size too.
/// - An object that does not fit is skipped. Smaller objects after it may still fit.
///
/// It has to hear of every outcome.
public final class CapacityGuard implements Stager, Prestager.Listener {

  /// The reservations of one object, which may be named more than once.
  private record Reservation(long size, int count) {}

  private final long capacity;
  private final boolean skips;
  private final Stager stager;
  private final Map<String, Reservation> reserved = new HashMap<>();
  private long used;
  private long skipped;
  private long skippedBytes;

  /// @param skips whether objects that do not fit are skipped, or only counted
  public CapacityGuard(long capacity, boolean skips, Stager stager) {
    this.capacity = capacity;
    this.skips = skips;
    this.stager = stager;
  }

  @Override
  public @Nullable Outcome withoutRequest(ObjectRef object) throws InterruptedException {
    Outcome known = stager.withoutRequest(object);
    if (known != null || reserve(object)) {
      return known;
    }
    return new Outcome.Skipped(object, Outcome.Reason.OVER_CAPACITY, Outcome.Attempts.NONE);
  }

  private synchronized boolean reserve(ObjectRef object) {
    long size = sizeOf(object);
    if (skips && size > capacity - used) {
      skipped++;
      skippedBytes = sum(skippedBytes, size);
      return false;
    }
    used = sum(used, size);
    reserved.merge(
        object.uri(), new Reservation(size, 1), (a, b) -> new Reservation(size, a.count() + 1));
    return true;
  }

  @Override
  public synchronized void finished(Outcome outcome) {
    ObjectRef object = outcome.object();
    switch (outcome) {
      case Outcome.Prestaged _ -> {
        long reservation = release(object);
        used = sum(used, object.size() == null ? reservation : object.size());
      }
      case Outcome.Planned _ -> used = sum(used, sizeOf(object));
      case Outcome.Skipped done when done.reason() == Outcome.Reason.JOURNAL ->
          used = sum(used, sizeOf(object));
      case Outcome.Skipped done when done.reason() == Outcome.Reason.OVER_CAPACITY -> {
        // It has no reservation; one under its name belongs to the same object in flight.
      }
      case Outcome.Skipped _, Outcome.Failed _ -> release(object);
    }
  }

  private long release(ObjectRef object) {
    Reservation reservation = reserved.remove(object.uri());
    if (reservation == null) {
      return 0;
    }
    if (reservation.count() > 1) {
      reserved.put(object.uri(), new Reservation(reservation.size(), reservation.count() - 1));
    }
    used -= reservation.size();
    return reservation.size();
  }

  private static long sizeOf(ObjectRef object) {
    return object.size() == null ? 0 : object.size();
  }

  private static long sum(long one, long other) {
    return other > Long.MAX_VALUE - one ? Long.MAX_VALUE : one + other;
  }

  /// The bytes that the objects of this run take.
  public synchronized long used() {
    return used;
  }

  /// How many objects were skipped.
  public synchronized long skipped() {
    return skipped;
  }

  public synchronized long skippedBytes() {
    return skippedBytes;
  }

  @Override
  public Outcome send(ObjectRef object, Attempt attempt)
      throws RequestFailedException, InterruptedException {
    return stager.send(object, attempt);
  }

  @Override
  public Failure explain(Failure error, ObjectRef object) throws InterruptedException {
    return stager.explain(error, object);
  }

  @Override
  public boolean isInstant() {
    return stager.isInstant();
  }
}
