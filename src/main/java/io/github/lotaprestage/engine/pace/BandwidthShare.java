package io.github.lotaprestage.engine.pace;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The admitted objects, and how many of them run beside one that is much larger than the rest:
/// fills in flight share the bandwidth.
///
/// Once the total is known, as many run beside the largest one as are needed to finish all the rest
/// while it is being filled. Example: 17 others at a time if 5,000 objects of 64 MiB are left
/// beside one of 20,000 MiB. Up to 256 MiB of others are always admitted. The rule ends when the
/// large object is no longer in flight, or takes longer than expected.
///
/// Callers provide the locking.
final class BandwidthShare {

  /// What may always be in flight beside the largest object. It is less than what is on its way at
  /// 20 GB/s while one waits 20 ms for the first byte.
  private static final long SMALL_BYTES = 256L << 20;

  /// Admitted and not beyond their expected time.
  private final TreeSet<Slot> onTime = new TreeSet<>();

  private final Set<Slot> late = new HashSet<>();

  /// Of the slots that are on time.
  private long bytes;

  private long lateBytes;

  private OptionalLong all = OptionalLong.empty();

  /// How many objects are admitted.
  int count() {
    return onTime.size() + late.size();
  }

  List<Slot> slots() {
    List<Slot> slots = new ArrayList<>(onTime);
    slots.addAll(late);
    return slots;
  }

  /// Notes the bytes of all objects that are not admitted, once they are known. The largest sum
  /// counts: in a watch, a later round may be larger.
  void total(long others) {
    all = OptionalLong.of(Math.max(all.orElse(0), bytes + lateBytes + others));
  }

  void add(Slot slot, long now) {
    slot.expectedEnd = now + slot.expectedNanos();
    bytes += slot.size();
    onTime.add(slot);
  }

  void remove(Slot slot) {
    if (late.remove(slot)) {
      lateBytes -= slot.size();
    } else {
      onTime.remove(slot);
      bytes -= slot.size();
    }
  }

  /// How many nanoseconds from `now` an object has to wait at most if none is removed; not positive
  /// if it may be admitted.
  long delay(Slot slot, long now) {
    Slot largest = all.isEmpty() ? null : largest(now);
    if (largest == null
        || bytes - largest.size() + slot.size() <= SMALL_BYTES
        || onTime.size() - 1 < maxBeside(largest.size(), slot.size())) {
      return 0;
    }
    return largest.expectedEnd - now;
  }

  /// The largest object in flight that is not late.
  private @Nullable Slot largest(long now) {
    Iterator<Slot> descending = onTime.descendingIterator();
    while (descending.hasNext()) {
      Slot slot = descending.next();
      if (slot.expectedEnd - now > 0) {
        return slot;
      }
      descending.remove();
      bytes -= slot.size();
      late.add(slot);
      lateBytes += slot.size();
    }
    return null;
  }

  /// How many objects of this size at a time are enough to do all the rest while the largest is
  /// being filled.
  private double maxBeside(long largest, long size) {
    return largest <= size
        ? Double.MAX_VALUE
        : (double) (all.getAsLong() - largest) / (largest - size);
  }
}
