package io.github.lotaprestage.engine.capacity;

import io.github.lotaprestage.engine.Stager;
import io.github.lotaprestage.object.Entry;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.ObjectSource;
import io.github.lotaprestage.object.SourceException;
import io.github.lotaprestage.plan.Capacity;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The capacity of the cache in one run, if there is a limit.
public final class CapacityLimit {

  private final @Nullable Capacity capacity;
  private final boolean dryRun;
  private final Stager stager;
  private final @Nullable CapacityGuard guard;
  private volatile @Nullable ObjectSource planned;
  private volatile long refused;

  /// @param stager stages objects, whether they fit or not
  public CapacityLimit(@Nullable Capacity capacity, boolean dryRun, Stager stager) {
    this.capacity = capacity;
    this.dryRun = dryRun;
    this.stager = stager;
    this.guard = capacity == null ? null : new CapacityGuard(capacity.bytes(), !dryRun, stager);
  }

  /// Stages only objects that fit.
  public Stager stager() {
    return guard == null ? stager : guard;
  }

  /// Lets the guard decide about the objects of a source, in its order.
  public ObjectSource over(ObjectSource source) {
    return guard == null ? source : guard.over(source);
  }

  /// An object that failed comes from the source again.
  public void giveBack(ObjectRef object) {
    if (guard != null) {
      guard.giveBack(object);
    }
  }

  /// Whether the sizes of all objects have to be known before the first request.
  public boolean plansFirst() {
    return !dryRun && refuses();
  }

  /// Adds up the sizes of all objects of the run, which are opened for this. If they do not fit,
  /// all are skipped from then on.
  ///
  /// @param problems takes what cannot be read; what was added up is then too little
  public void plan(ObjectSource all, Consumer<SourceException> problems)
      throws InterruptedException {
    planned = all;
    long total = 0;
    try (all) {
      boolean more = true;
      while (more) {
        try {
          Entry entry = all.next();
          more = entry != null;
          if (entry instanceof ObjectRef object && object.size() != null) {
            total = ObjectRef.sum(total, object.size());
          }
        } catch (SourceException e) {
          problems.accept(e);
        }
      }
    }
    if (guard != null && capacity != null && total > capacity.bytes()) {
      refused = total;
      guard.skipAll();
    }
  }

  /// The bytes that were refused before anything was sent; 0 if they were not.
  public long refusedBytes() {
    return refused;
  }

  /// How many entries [#plan] has seen so far, before filters.
  public long listed() {
    ObjectSource source = planned;
    return source == null ? 0 : source.listed();
  }

  /// Whether objects were left out because of the capacity, or it holds less than this run filled:
  /// an object may have grown, and what an earlier run staged takes its size in any case.
  public boolean isExceeded() {
    return refused > 0 || skipped() > 0 || (!fits() && (!dryRun || refuses()));
  }

  private boolean refuses() {
    return capacity != null && capacity.policy() == Capacity.Policy.REFUSE;
  }

  /// Whether everything fits so far; true without a limit.
  public boolean fits() {
    return capacity == null || used() <= capacity.bytes();
  }

  /// The limit in bytes.
  public OptionalLong bytes() {
    return capacity == null ? OptionalLong.empty() : OptionalLong.of(capacity.bytes());
  }

  /// The bytes that the objects of this run take.
  public long used() {
    return guard == null ? 0 : guard.used();
  }

  /// How many objects were skipped.
  public long skipped() {
    return guard == null ? 0 : guard.skipped();
  }

  public long skippedBytes() {
    return guard == null ? 0 : guard.skippedBytes();
  }
}
