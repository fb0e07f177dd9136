package io.github.lotaprestage.engine;

import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Places for the objects under way.
///
/// - No more than `most` are taken.
/// - An object that is much larger than all others gets room. Fills that are under way together
///   share the bandwidth, and among hundreds it would get so little that the run ends with it
///   alone. So once all that is left is known, it is accompanied by just as many as can do all the
///   rest while it is being filled; if each gets the same bandwidth, they end together, and if it
///   was not shared at all, nothing is lost either.
/// - Small objects need no bandwidth but time, and are not held back.
final class Places {

  /// What may always be under way beside the largest object. It is less than what is on its way at
  /// 20 GB/s while one waits 20 ms for the first byte.
  private static final long SMALL_BYTES = 256L << 20;

  private final int most;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final TreeMap<Long, Integer> sizes = new TreeMap<>();
  private int taken;
  private long bytes;
  private OptionalLong all = OptionalLong.empty();
  private boolean open;

  Places(int most) {
    this.most = most;
  }

  /// Waits for a place for the next object.
  ///
  /// @param size in bytes; 0 where it is unknown
  /// @param left bytes of all objects behind it; empty as long as they are not all known
  void take(long size, OptionalLong left) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      if (all.isEmpty() && left.isPresent()) {
        all = OptionalLong.of(bytes + size + left.getAsLong());
      }
      while (!open && !(taken < most && leavesRoom(size))) {
        changed.await();
      }
      taken++;
      bytes += size;
      sizes.merge(size, 1, Integer::sum);
    } finally {
      lock.unlock();
    }
  }

  private boolean leavesRoom(long size) {
    if (all.isEmpty() || sizes.isEmpty()) {
      return true;
    }
    long largest = sizes.lastKey();
    return bytes - largest + size <= SMALL_BYTES || taken - 1 < company(largest, size);
  }

  /// How many objects of this size at a time do all the rest while the largest is being filled.
  private double company(long largest, long size) {
    return largest <= size
        ? Double.MAX_VALUE
        : (double) (all.getAsLong() - largest) / (largest - size);
  }

  /// Gives a place back.
  ///
  /// @param size that it was taken with
  void giveBack(long size) {
    lock.lock();
    try {
      taken--;
      bytes -= size;
      sizes.merge(size, -1, (count, one) -> count + one == 0 ? null : count + one);
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /// Lets everybody go on who waits or will.
  void open() {
    lock.lock();
    try {
      open = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// How many are taken now.
  int taken() {
    lock.lock();
    try {
      return taken;
    } finally {
      lock.unlock();
    }
  }
}
