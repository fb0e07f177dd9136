package io.github.lotaprestage.source.listing;

import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.SourceException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// Yields every selected object of some scopes exactly once: one scope after another, each in key
/// order, although several requests are in flight.
///
/// - Ranges are kept in key order. The reader takes pages only from the first range; later ranges
///   are listed ahead, up to 64 pages ([#MAX_PAGES]).
/// - A range that may not hold another page does not count as a request, and the first ranges are
///   split first, into parts that may be held whole. So requests are always for the pages that the
///   reader needs next.
/// - A failure is reported after the objects that were listed before.
public final class OrderedListing extends RangeListing {

  /// The maximum number of pages in memory: those that wait for the reader, and one for each range
  /// that is being listed.
  static final int MAX_PAGES = 64;

  /// How many pages a range leaves to each range before it.
  private static final int LEFT_TO_EACH_BEFORE = 2;

  /// The maximum number of pages of one range that wait for the reader.
  private static final int HELD_BY_ONE = 16;

  /// A range and its position in the order.
  private static final class Lane {
    private final KeyRange range;
    private final Deque<Part> ready = new ArrayDeque<>();
    private @Nullable Lane next;
    private boolean begun;
    private boolean done;

    private Lane(KeyRange range, @Nullable Lane next) {
      this.range = range;
      this.next = next;
    }

    private boolean isOver() {
      return ready.isEmpty() && (done || (!begun && range.ended()));
    }
  }

  private @Nullable Lane first;
  private int held;
  private int open;

  /// @param scopes that do not overlap
  /// @param select returns an object of a scope with its input, or null if it is not selected
  public OrderedListing(
      Listing listing,
      int concurrency,
      Collection<Scope> scopes,
      BiFunction<Scope, ObjectRef, @Nullable ObjectRef> select) {
    super(listing, concurrency, select);
    for (Scope each : List.copyOf(scopes).reversed()) {
      first = new Lane(KeyRange.of(each), first);
    }
  }

  @Override
  @Nullable Part poll() {
    while (first != null && first.isOver()) {
      first = first.next;
      changed.signalAll();
    }
    if (first == null) {
      return null;
    }
    sendMore();
    Part part = first.ready.poll();
    held -= part == null ? 0 : 1;
    return part;
  }

  @Override
  boolean isOver() {
    return first == null;
  }

  /// Starts the ranges that are needed next, and splits the first ones while more requests are
  /// allowed.
  private void sendMore() {
    for (Lane lane = first; lane != null && mayBegin(lane); lane = lane.next) {
      if (!lane.begun && !lane.range.ended()) {
        begin(lane);
      }
    }
    if (concurrency == 1) {
      return; // a search for directories would be a request without any use
    }
    for (Lane lane = first; lane != null && requests < concurrency; lane = lane.next) {
      if (!lane.begun) {
        return;
      }
      if (!lane.done) {
        searchOrCut(lane);
      }
    }
  }

  private void searchOrCut(Lane lane) {
    if (lane.range.wantsSearch(requests < concurrency / 2)) {
      search(lane);
    }
    int free = concurrency - requests;
    for (Cut cut : Cut.plan(List.of(lane.range), free, concurrency, concurrency / 2, HELD_BY_ONE)) {
      for (KeyRange part : cut.make().reversed()) {
        lane.next = new Lane(part, lane.next);
      }
    }
    for (Lane each = lane.next; each != null && !each.begun && mayBegin(each); each = each.next) {
      begin(each);
    }
  }

  private boolean mayBegin(Lane lane) {
    return requests < concurrency && (lane == first || isSpaceFor(lane));
  }

  /// Whether another page may be in memory for a range. Later ranges may use less of the space, so
  /// that there is some for what the reader needs next.
  private boolean isSpaceFor(Lane lane) {
    int space = MAX_PAGES - held - open;
    for (Lane each = first; each != null && each != lane; each = each.next) {
      space -= LEFT_TO_EACH_BEFORE;
    }
    return space > 0;
  }

  private void begin(Lane lane) {
    lane.begun = true;
    open++;
    list(lane.range, page -> deliver(lane, page), problem -> breakOff(lane, problem));
  }

  /// Looks for directories in a range while its listing goes on.
  private void search(Lane lane) {
    DirectorySearch search = lane.range.search(listing);
    start(() -> {
      DirectorySearch.Result result = search.find();
      lock.lockInterruptibly();
      try {
        lane.range.found(result, rangesFrom(lane));
      } finally {
        lock.unlock();
      }
    });
  }

  private static List<KeyRange> rangesFrom(Lane lane) {
    List<KeyRange> ranges = new ArrayList<>();
    for (Lane each = lane; each != null; each = each.next) {
      ranges.add(each.range);
    }
    return ranges;
  }

  /// Passes a page to the reader once it may be held.
  ///
  /// @return whether the range has more pages
  private boolean deliver(Lane lane, Listing.Page next)
      throws SourceException, InterruptedException {
    lock.lockInterruptibly();
    boolean waits = !mayHold(lane);
    requests -= waits ? 1 : 0;
    try {
      changed.signalAll();
      while (!mayHold(lane)) {
        changed.await();
      }
      add(lane, next);
      while (waits && !lane.done && requests >= concurrency) {
        changed.await();
      }
      return !lane.done;
    } finally {
      requests += waits ? 1 : 0;
      lock.unlock();
    }
  }

  private void add(Lane lane, Listing.Page next) throws SourceException {
    List<ObjectRef> objects = lane.range.take(next);
    if (!objects.isEmpty()) {
      lane.ready.add(new Part.Objects(lane.range.scope(), objects));
      held++;
    }
    if (lane.range.ended()) {
      finish(lane);
    }
    changed.signalAll();
  }

  private boolean mayHold(Lane lane) {
    return (lane == first && lane.ready.isEmpty())
        || (lane.ready.size() < HELD_BY_ONE && isSpaceFor(lane));
  }

  private void breakOff(Lane lane, SourceException problem) {
    lock.lock();
    try {
      if (lane.range.breakOff()) {
        lane.ready.add(new Part.Problem(problem));
        held++;
      }
      finish(lane);
    } finally {
      lock.unlock();
    }
  }

  private void finish(Lane lane) {
    lane.done = true;
    open--;
  }
}
