package io.github.lotaprestage.source.listing;

import io.github.lotaprestage.object.Entry;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.ObjectSource;
import io.github.lotaprestage.object.SourceException;
import io.github.lotaprestage.threads.RequestThreads;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// Yields every selected object of some scopes exactly once, in no particular order.
///
/// - At most `concurrency` requests are in flight. With a concurrency of 1, objects come in key
///   order.
/// - Each range has its own thread, which lists it page by page. When the reader finds no page and
///   more requests are allowed, further scopes are started, and then ranges are split.
/// - A bounded number of pages is held. While the reader is busy, listing pauses.
/// - If a scope fails, its failure is reported once. Objects that were listed before that are still
///   returned.
///
/// Pages do not go through a `HandOver`. A reader that finds no page splits a range at the position
/// that the held pages have reached, so pages and ranges share one lock; with two, the last range
/// could end before its last page is held, and the reader would miss that page.
public final class ListedObjects implements ObjectSource {

  /// The maximum number of pages that wait for the reader, besides one for each range.
  private static final int READY = 4;

  private sealed interface Part {
    record Objects(Scope scope, List<ObjectRef> objects) implements Part {}

    record Problem(SourceException problem) implements Part {}
  }

  private final Listing listing;
  private final int concurrency;
  private final BiFunction<Scope, ObjectRef, @Nullable ObjectRef> select;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(new RequestThreads("list"));
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // Guarded by the lock, like all ranges.
  private final Deque<KeyRange> waiting = new ArrayDeque<>();
  private final List<KeyRange> underWay = new ArrayList<>();
  private final Deque<Part> ready = new ArrayDeque<>();
  private int requests;
  private @Nullable Throwable broken;

  // Used only by the reader.
  private Iterator<ObjectRef> page = List.<ObjectRef>of().iterator();
  private @Nullable Scope scope;

  private final AtomicLong listed = new AtomicLong();

  /// @param scopes that do not overlap
  /// @param select returns an object of a scope with its input, or null if it is not selected
  public ListedObjects(
      Listing listing,
      int concurrency,
      Collection<Scope> scopes,
      BiFunction<Scope, ObjectRef, @Nullable ObjectRef> select) {
    this.listing = listing;
    this.concurrency = concurrency;
    this.select = select;
    scopes.forEach(each -> waiting.add(KeyRange.of(each)));
  }

  @Override
  public @Nullable Entry next() throws SourceException, InterruptedException {
    while (true) {
      while (page.hasNext()) {
        ObjectRef object = select.apply(Objects.requireNonNull(scope), page.next());
        if (object != null) {
          return object;
        }
      }
      switch (take()) {
        case null -> {
          return null;
        }
        case Part.Problem part -> throw part.problem();
        case Part.Objects part -> {
          scope = part.scope();
          page = part.objects().iterator();
          listed.addAndGet(part.objects().size());
        }
      }
    }
  }

  private @Nullable Part take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (ready.isEmpty() && broken == null) {
        sendMore();
        if (underWay.isEmpty() && waiting.isEmpty()) {
          return null;
        }
        changed.await();
      }
      if (broken != null) {
        throw new IllegalStateException("listing broke", broken);
      }
      changed.signalAll();
      return ready.poll();
    } finally {
      lock.unlock();
    }
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
        start(() -> list(range));
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
    for (Cut cut : Cut.plan(underWay, concurrency - requests, concurrency, concurrency / 4)) {
      waiting.addAll(cut.range().cut(cut.outlook(), cut.cuts()));
    }
  }

  private void list(KeyRange range) throws InterruptedException {
    String token = null;
    boolean more = true;
    while (more) {
      try {
        Listing.Page next = listing.page(range.query(token));
        more = deliver(range, next);
        token = next.nextToken();
      } catch (SourceException e) {
        breakOff(range, e);
        more = false;
      }
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

  private interface Work {
    void run() throws InterruptedException;
  }

  private void start(Work work) {
    requests++;
    threads.execute(() -> {
      Throwable fault = null;
      try {
        work.run();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt(); // closed; the reader is gone
      } catch (RuntimeException | Error e) {
        fault = e;
      } finally {
        end(fault);
      }
    });
  }

  private void end(@Nullable Throwable fault) {
    lock.lock();
    try {
      requests--;
      broken = broken == null ? fault : broken;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Whether the reader waits, and every thread waits for one of this many answers.
  boolean waitsFor(int answers) {
    lock.lock();
    try {
      return requests == answers && lock.hasWaiters(changed) && !lock.hasQueuedThreads();
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

  @Override
  public long listed() {
    return listed.get();
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
