package io.github.lotaprestage.source.listing;

import io.github.lotaprestage.object.Entry;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.ObjectSource;
import io.github.lotaprestage.object.SourceException;
import io.github.lotaprestage.threads.RequestThreads;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Lists ranges of keys in threads, and yields the selected objects of their pages.
///
/// - Each range has its own thread, which lists it page by page. The subclass decides which range
///   is listed when, and which page is read next.
/// - While a reader waits for a page, ranges are split, so that more requests are in flight.
/// - The first failure of each scope is reported. Objects that were listed before that are still
///   returned.
///
/// Pages do not go through a `HandOver`. A reader that finds no page splits a range at the position
/// that the held pages have reached, so pages and ranges share one lock; with two, the last range
/// could end before its last page is held, and the reader would miss that page.
abstract sealed class RangeListing implements ObjectSource permits ListedObjects, OrderedListing {

  sealed interface Part {
    record Objects(Scope scope, List<ObjectRef> objects) implements Part {}

    record Problem(SourceException problem) implements Part {}
  }

  /// Takes a page for the reader, and waits until there is room for it.
  interface PageTaker {
    /// @return whether the range has more pages
    boolean take(Listing.Page page) throws SourceException, InterruptedException;
  }

  interface Work {
    void run() throws InterruptedException;
  }

  final Listing listing;
  final int concurrency;
  private final BiFunction<Scope, ObjectRef, @Nullable ObjectRef> select;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(new RequestThreads("list"));

  final ReentrantLock lock = new ReentrantLock();
  final Condition changed = lock.newCondition();

  // Guarded by the lock, like all ranges.
  int requests;
  private boolean readerWaits;
  private @Nullable Throwable broken;

  // Used only by the reader.
  private Iterator<ObjectRef> page = List.<ObjectRef>of().iterator();
  private @Nullable Scope scope;

  private final AtomicLong listed = new AtomicLong();

  RangeListing(
      Listing listing, int concurrency, BiFunction<Scope, ObjectRef, @Nullable ObjectRef> select) {
    this.listing = listing;
    this.concurrency = concurrency;
    this.select = select;
  }

  @Override
  public final @Nullable Entry next() throws SourceException, InterruptedException {
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
      while (broken == null) {
        Part part = poll();
        if (part != null) {
          changed.signalAll();
          return part;
        }
        if (isOver()) {
          return null;
        }
        readerWaits = true;
        changed.await();
        readerWaits = false;
      }
      throw new IllegalStateException("listing broke", broken);
    } finally {
      lock.unlock();
    }
  }

  /// The next page or failure, if there is one. Starts what is to be listed. The lock is held.
  abstract @Nullable Part poll();

  /// Whether there are no more pages to come. The lock is held.
  abstract boolean isOver();

  /// Lists a range in a thread of its own.
  final void list(KeyRange range, PageTaker pages, Consumer<SourceException> problems) {
    start(() -> {
      String token = null;
      boolean more = true;
      while (more) {
        try {
          Listing.Page next = listing.page(range.query(token));
          more = pages.take(next);
          token = next.nextToken();
        } catch (SourceException e) {
          problems.accept(e);
          more = false;
        }
      }
    });
  }

  final void start(Work work) {
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

  /// Whether the reader waits, and every request waits for one of this many answers.
  final boolean waitsFor(int answers) {
    lock.lock();
    try {
      return requests == answers && readerWaits && !lock.hasQueuedThreads();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public final long listed() {
    return listed.get();
  }

  @Override
  public final void close() {
    threads.shutdownNow();
  }
}
