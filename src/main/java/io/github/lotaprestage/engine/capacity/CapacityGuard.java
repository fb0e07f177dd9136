package io.github.lotaprestage.engine.capacity;

import io.github.lotaprestage.engine.Stager;
import io.github.lotaprestage.object.Attempt;
import io.github.lotaprestage.object.Entry;
import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.ObjectSource;
import io.github.lotaprestage.object.Outcome;
import io.github.lotaprestage.object.RequestFailedException;
import io.github.lotaprestage.object.SourceException;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Skips objects that do not fit into the cache any more. It decides in the order in which objects
/// are listed or named, so that the same run skips the same objects again unless sizes change.
///
/// - An object that still fits takes its size. One that does not fit is skipped; smaller objects
///   after it may still fit.
/// - If the answer shows another size than the listing, the difference counts from then on. Objects
///   that do not fit any more because of that are skipped before their requests. An object of
///   unknown size is sent as long as there is capacity left, and counts with its answer.
/// - An object that fails keeps its share, because LOTA may have fetched it nevertheless.
/// - Objects that an earlier run staged, according to the journal, take their size too.
/// - An object that is named twice counts twice, since only the names in flight are known.
public final class CapacityGuard implements Stager {

  private final long capacity;
  private final boolean skips;
  private final Stager stager;

  /// What was decided about objects between source and stager, where they are the same instances:
  /// the outcome without a request, or empty if a request is needed.
  private final IdentityHashMap<ObjectRef, Optional<Outcome>> decided = new IdentityHashMap<>();

  private boolean skipsAll;
  private long used;

  /// By how much answers have shown objects to be larger than they were listed.
  private long growth;

  private long skipped;
  private long skippedBytes;

  /// @param skips whether objects that do not fit are skipped, or only counted
  public CapacityGuard(long capacity, boolean skips, Stager stager) {
    this.capacity = capacity;
    this.skips = skips;
    this.stager = stager;
  }

  /// Decides about the objects of a source, in its order.
  public ObjectSource over(ObjectSource source) {
    return new Counted(source);
  }

  private final class Counted extends ObjectSource.Forwarding {

    /// What has left the source, and is decided about.
    private volatile @Nullable ObjectRef inHand;

    Counted(ObjectSource source) {
      super(source);
    }

    @Override
    public @Nullable Entry next() throws SourceException, InterruptedException {
      Entry entry = super.next();
      if (entry instanceof ObjectRef object) {
        inHand = object;
        decide(object); // may be interrupted, because it may ask the store
        inHand = null;
      }
      return entry;
    }

    @Override
    public Rest unread() {
      Rest rest = super.unread();
      ObjectRef object = inHand;
      return object == null
          ? rest
          : new Rest(
              Stream.concat(Stream.of(object), rest.entries().stream()).toList(), rest.all());
    }
  }

  private void decide(ObjectRef object) throws InterruptedException {
    Outcome known = skips ? stager.withoutRequest(object) : null;
    Long listed = known == null ? object.size() : known.object().size();
    long size = listed == null ? 0 : listed;
    synchronized (this) {
      boolean full = skipsAll || size > capacity - used || (listed == null && used >= capacity);
      if (known == null && skips && full) {
        known = overCapacity(object);
      } else {
        used = ObjectRef.sum(used, size);
      }
      if (skips) {
        decided.put(object, Optional.ofNullable(known));
      }
    }
  }

  @Override
  public @Nullable Outcome withoutRequest(ObjectRef object) throws InterruptedException {
    Optional<Outcome> known = decided(object);
    return known == null
        ? stager.withoutRequest(object)
        : known.orElseGet(() -> noRoomLeft(object));
  }

  /// The decision was made when it was listed, which may be long before its request. Answers since
  /// then may have shown that other objects are larger than they were listed.
  private synchronized @Nullable Outcome noRoomLeft(ObjectRef object) {
    if (growth <= 0 || used <= capacity) {
      return null;
    }
    giveBack(object);
    return overCapacity(object);
  }

  private Outcome overCapacity(ObjectRef object) {
    skipped++;
    skippedBytes = ObjectRef.sum(skippedBytes, object.size() == null ? 0 : object.size());
    return new Outcome.Skipped(object, Outcome.Reason.OVER_CAPACITY, Outcome.Attempts.NONE);
  }

  @SuppressWarnings("NullableOptional") // null: nothing was decided
  private synchronized @Nullable Optional<Outcome> decided(ObjectRef object) {
    return decided.remove(object);
  }

  @Override
  public Outcome send(ObjectRef object, Attempt attempt)
      throws RequestFailedException, InterruptedException {
    Outcome outcome = stager.send(object, attempt);
    Long answered = outcome.object().size();
    if (outcome instanceof Outcome.Prestaged && answered != null) {
      adjust(object.size() == null ? 0 : object.size(), answered);
    }
    return outcome;
  }

  private synchronized void adjust(long listed, long answered) {
    used = ObjectRef.sum(Math.max(0, used - listed), answered);
    growth += answered - listed;
  }

  /// Skips every object from now on, whether it fits or not.
  synchronized void skipAll() {
    skipsAll = true;
  }

  /// An object that failed comes from the source again.
  public synchronized void giveBack(ObjectRef object) {
    used = Math.max(0, used - (object.size() == null ? 0 : object.size()));
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
  public Failure explain(Failure error, ObjectRef object) throws InterruptedException {
    return stager.explain(error, object);
  }

  @Override
  public boolean isInstant() {
    return stager.isInstant();
  }
}
