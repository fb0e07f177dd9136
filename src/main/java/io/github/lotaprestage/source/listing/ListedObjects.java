package io.github.lotaprestage.source.listing;

import io.github.lotaprestage.object.Entry;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.ObjectSource;
import io.github.lotaprestage.object.SourceException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/// Every wanted object of some scopes, each once, in no order.
///
/// - At most `concurrency` requests are under way. With one of them objects come in their order.
/// - A range has a thread of its own, which lists it page by page. Whenever the reader finds no
///   page and there may be more requests, further scopes are begun, and then ranges are split.
/// - A bounded number of pages is held; while the reader is busy, listing pauses.
/// - A scope that breaks off is told once; what was listed of it by then is handed out.
public final class ListedObjects implements ObjectSource {

  /// Pages that nobody has taken, besides one that each range may hold.
  private static final int READY = 4;

  private sealed interface Part {
    record Objects(Scope scope, List<ObjectRef> objects) implements Part {}

    record Problem(SourceException problem) implements Part {}
  }

  private final Listing listing;
  private final int concurrency;
  private final BiPredicate<Scope, ObjectRef> wanted;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("list").factory());
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // Guarded by the lock, as all ranges are.
  private final Deque<KeyRange> waiting = new ArrayDeque<>();
  private final List<KeyRange> underWay = new ArrayList<>();
  private final Deque<Part> ready = new ArrayDeque<>();
  private int requests;
  private @Nullable Throwable broken;

  // Only the reader knows these.
  private Iterator<ObjectRef> page = List.<ObjectRef>of().iterator();
  private @Nullable Scope scope;

  private final AtomicLong listed = new AtomicLong();

  /// @param scopes none of which overlap
  /// @param wanted whether an object of a scope is to be handed out
  public ListedObjects(
      Listing listing,
      int concurrency,
      Collection<Scope> scopes,
      BiPredicate<Scope, ObjectRef> wanted) {
    this.listing = listing;
    this.concurrency = concurrency;
    this.wanted = wanted;
    scopes.forEach(each -> waiting.add(KeyRange.of(each)));
  }

  @Override
  public @Nullable Entry next() throws SourceException, InterruptedException {
    while (true) {
      while (page.hasNext()) {
        ObjectRef object = page.next();
        if (wanted.test(Objects.requireNonNull(scope), object)) {
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
      while (ready.isEmpty() && broken == null && !(underWay.isEmpty() && waiting.isEmpty())) {
        sendMore();
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
    while (requests < concurrency && !waiting.isEmpty()) {
      KeyRange range = waiting.remove();
      underWay.add(range);
      start(() -> list(range));
    }
    for (KeyRange range = longest(); range != null && requests < concurrency; range = longest()) {
      split(range, concurrency - requests);
    }
  }

  private @Nullable KeyRange longest() {
    return underWay.stream()
        .filter(KeyRange::mayBeSplit)
        .max(Comparator.comparingInt(KeyRange::pages))
        .orElse(null);
  }

  /// Looks for places to split a range at while it is being listed further.
  private void split(KeyRange range, int parts) {
    SplitPoints points = range.splitPoints(listing);
    start(() -> {
      List<String> found = points.find(parts);
      lock.lockInterruptibly();
      try {
        waiting.addAll(range.splitAt(found));
      } finally {
        lock.unlock();
      }
    });
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

  /// Hands a page on once there is room for it.
  ///
  /// @return whether there is more of the range
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
        waiting.removeIf(KeyRange::ended);
        underWay.removeIf(KeyRange::ended);
      }
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
        Thread.currentThread().interrupt(); // closed: nobody reads on
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

  @Override
  public long listed() {
    return listed.get();
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
