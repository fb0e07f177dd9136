package io.github.lotaprestage.source;

import io.github.lotaprestage.engine.Entry;
import io.github.lotaprestage.engine.ObjectRef;
import io.github.lotaprestage.engine.ObjectSource;
import io.github.lotaprestage.engine.SourceException;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Every wanted object below a prefix. While one page is handed out the next is being fetched; no
/// more than these two are held.
final class ListedObjects implements ObjectSource {

  private static final int PAGE_SIZE = 1000;

  private final Listing listing;
  private final String bucket;
  private final String prefix;
  private final Predicate<ObjectRef> wanted;
  private Iterator<ObjectRef> page = List.<ObjectRef>of().iterator();
  private @Nullable FutureTask<Listing.Page> nextPage;
  private boolean started;
  private final AtomicLong listed = new AtomicLong();

  ListedObjects(Listing listing, String bucket, String prefix, Predicate<ObjectRef> wanted) {
    this.listing = listing;
    this.bucket = bucket;
    this.prefix = prefix;
    this.wanted = wanted;
  }

  @Override
  public @Nullable Entry next() throws SourceException, InterruptedException {
    if (!started) {
      started = true;
      fetch(null);
    }
    while (true) {
      while (page.hasNext()) {
        ObjectRef object = page.next();
        if (wanted.test(object)) {
          return object;
        }
      }
      if (nextPage == null) {
        return null;
      }
      turnPage(nextPage);
    }
  }

  private void turnPage(FutureTask<Listing.Page> pending)
      throws SourceException, InterruptedException {
    nextPage = null;
    Listing.Page arrived;
    try {
      arrived = pending.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SourceException problem) {
        throw problem;
      }
      throw new IllegalStateException("listing " + bucket + " broke", e.getCause());
    }
    if (arrived.nextToken() != null) {
      fetch(arrived.nextToken());
    }
    page = arrived.objects().iterator();
    listed.addAndGet(arrived.objects().size());
  }

  private void fetch(@Nullable String token) {
    FutureTask<Listing.Page> task =
        new FutureTask<>(() -> listing.page(bucket, prefix, token, PAGE_SIZE));
    Thread.ofVirtual().name("list").start(task);
    nextPage = task;
  }

  @Override
  public long listed() {
    return listed.get();
  }

  @Override
  public void close() {
    if (nextPage != null) {
      nextPage.cancel(true);
    }
  }
}
