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

/// Yields every selected object of some scopes exactly once, in no particular order.
///
/// - At most `concurrency` requests are in flight. With a concurrency of 1, objects come in key
///   order.
/// - When the reader finds no page and more requests are allowed, further scopes are started, and
///   then ranges are split.
/// - A bounded number of pages is held. While the reader is busy, listing pauses.
public final class ListedObjects extends RangeListing {

  /// The maximum number of pages that wait for the reader, besides one for each range.
  private static final int READY = 4;

  private final Deque<KeyRange> waiting = new ArrayDeque<>();
  private final List<KeyRange> underWay = new ArrayList<>();
  private final Deque<Part> ready = new ArrayDeque<>();

  /// @param scopes that do not overlap
  /// @param select returns an object of a scope with its input, or null if it is not selected
  public ListedObjects(
      Listing listing,
      int concurrency,
      Collection<Scope> scopes,
      BiFunction<Scope, ObjectRef, @Nullable ObjectRef> select) {
    super(listing, concurrency, select);
    scopes.forEach(each -> waiting.add(KeyRange.of(each)));
  }

  @Override
  @Nullable Part poll() {
    if (ready.isEmpty()) {
      sendMore();
    }
    return ready.poll();
  }

  @Override
  boolean isOver() {
    return underWay.isEmpty() && waiting.isEmpty();
  }

  private void sendMore() {
    begin();
    if (concurrency > 1 && requests < concurrency) {
      search();
      cut();
      begin();
    }
  }

  private void begin() {
    while (requests < concurrency && !waiting.isEmpty()) {
      KeyRange range = waiting.remove();
      if (!range.ended()) { // its scope may have failed
        underWay.add(range);
        list(range, page -> deliver(range, page), problem -> breakOff(range, problem));
      }
    }
  }

  /// Looks for directories in ranges while their listing goes on.
  private void search() {
    for (KeyRange range : underWay) {
      if (requests < concurrency && range.wantsSearch(requests < concurrency / 4)) {
        DirectorySearch search = range.search(listing);
        start(() -> {
          DirectorySearch.Result result = search.find();
          lock.lockInterruptibly();
          try {
            range.found(result, underWay);
          } finally {
            lock.unlock();
          }
        });
      }
    }
  }

  private void cut() {
    int free = concurrency - requests;
    for (Cut cut :
        Cut.plan(underWay, free, concurrency, concurrency / 4, Double.POSITIVE_INFINITY)) {
      waiting.addAll(cut.make());
    }
  }

  /// Passes a page to the reader once there is room for it.
  ///
  /// @return whether the range has more pages
  private boolean deliver(KeyRange range, Listing.Page next)
      throws SourceException, InterruptedException {
    lock.lockInterruptibly();
    try {
      while (ready.size() >= READY) {
        changed.await();
      }
      List<ObjectRef> objects = range.take(next);
      if (!objects.isEmpty()) {
        ready.add(new Part.Objects(range.scope(), objects));
        changed.signalAll();
      }
      if (range.ended()) {
        underWay.remove(range);
      }
      return !range.ended();
    } finally {
      lock.unlock();
    }
  }

  private void breakOff(KeyRange range, SourceException problem) {
    lock.lock();
    try {
      if (range.breakOff()) {
        ready.add(new Part.Problem(problem));
      }
      underWay.remove(range); // others of its scope may still deliver a page
    } finally {
      lock.unlock();
    }
  }

  /// How many threads wait for the reader, or the reader for them.
  int threadsThatWait() {
    lock.lock();
    try {
      return lock.getWaitQueueLength(changed);
    } finally {
      lock.unlock();
    }
  }
}
