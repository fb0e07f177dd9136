package io.github.lotaprestage.engine.capacity;

import io.github.lotaprestage.engine.Prestager;
import io.github.lotaprestage.engine.Stager;
import io.github.lotaprestage.object.Entry;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.ObjectSource;
import io.github.lotaprestage.object.Outcome;
import io.github.lotaprestage.object.SourceException;
import io.github.lotaprestage.plan.Capacity;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The capacity of the cache in one run, if there is a limit. Without one, it warns of large runs.
public final class CapacityLimit implements Prestager.Listener {

  private final @Nullable Capacity capacity;
  private final boolean dryRun;
  private final LargeRunWarning warning;
  private volatile @Nullable CapacityGuard guard;
  private volatile long refused;

  /// @param onLargeRun called once if a run without a limit has become large
  public CapacityLimit(Optional<Capacity> capacity, boolean dryRun, Runnable onLargeRun) {
    this.capacity = capacity.orElse(null);
    this.dryRun = dryRun;
    this.warning = new LargeRunWarning(onLargeRun);
  }

  /// Adds up the sizes of all objects, if they have to be known before the first request.
  ///
  /// @param all yields the objects of the run
  /// @return whether the run may begin
  /// @throws SourceException if not all objects can be listed
  public boolean admits(Opening all, BooleanSupplier stopped)
      throws SourceException, InterruptedException {
    if (capacity == null || dryRun || capacity.policy() == Capacity.Policy.STOP) {
      return true;
    }
    long total = 0;
    try (ObjectSource source = all.open()) {
      for (Entry entry = source.next();
          entry != null && !stopped.getAsBoolean();
          entry = source.next()) {
        long size = entry instanceof ObjectRef object ? object.summableSize() : 0;
        total = size > Long.MAX_VALUE - total ? Long.MAX_VALUE : total + size;
      }
    }
    if (total > capacity.bytes()) {
      refused = total;
    }
    return refused == 0 && !stopped.getAsBoolean();
  }

  /// Opens the objects of a run another time.
  public interface Opening {
    ObjectSource open();
  }

  /// Wraps a stager, so that it does not fill more than the capacity.
  public Stager around(Stager stager) {
    if (capacity == null) {
      return stager;
    }
    CapacityGuard limiting = new CapacityGuard(capacity.bytes(), !dryRun, stager);
    guard = limiting;
    return limiting;
  }

  @Override
  public void finished(Outcome outcome) {
    CapacityGuard limiting = guard;
    if (limiting != null) {
      limiting.finished(outcome);
    } else if (capacity == null) {
      warning.finished(outcome);
    }
  }

  /// Whether objects were left out because of the capacity, or it holds less than this run filled:
  /// an object may have grown, and what an earlier run staged may come last.
  public boolean isExceeded() {
    return refused > 0 || skipped() > 0 || (!fits() && (!dryRun || refuses()));
  }

  private boolean refuses() {
    return capacity != null && capacity.policy() == Capacity.Policy.REFUSE;
  }

  private long skipped() {
    CapacityGuard limiting = guard;
    return limiting == null ? 0 : limiting.skipped();
  }

  /// Whether everything fits so far; true without a limit.
  public boolean fits() {
    CapacityGuard limiting = guard;
    return capacity == null || limiting == null || limiting.used() <= capacity.bytes();
  }

  /// The limit in bytes.
  public OptionalLong bytes() {
    return capacity == null ? OptionalLong.empty() : OptionalLong.of(capacity.bytes());
  }

  /// The bytes that were refused before anything was sent; 0 if they were not.
  public long refusedBytes() {
    return refused;
  }

  /// The guard, once objects are staged.
  public Optional<CapacityGuard> guard() {
    return Optional.ofNullable(guard);
  }
}
