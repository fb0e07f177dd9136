package io.github.lotaprestage.source;

import io.github.lotaprestage.object.Entry;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.ObjectSource;
import io.github.lotaprestage.object.SourceException;
import io.github.lotaprestage.source.listing.Listing;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Looks named keys up with one small LIST each, for filters on size, age and class and for dry
/// runs. A HEAD would return the same metadata, but it would also stage the object.
///
/// A key that the listing does not contain is passed on unchanged, so that it fails when it is
/// staged. The order is kept, and the number of LISTs in flight is bounded. After one has failed,
/// no more are sent.
public final class KeyLookup implements ObjectSource {

  private static final int AHEAD = 32;

  private final ObjectSource names;
  private final Listing listing;
  private final Predicate<ObjectRef> wanted;
  private final Queue<FutureTask<Entry>> pending = new LinkedBlockingQueue<>(); // any thread closes
  private volatile boolean ended;

  KeyLookup(ObjectSource names, Listing listing, Predicate<ObjectRef> wanted) {
    this.names = names;
    this.listing = listing;
    this.wanted = wanted;
  }

  @Override
  public @Nullable Entry next() throws SourceException, InterruptedException {
    while (true) {
      lookAhead();
      FutureTask<Entry> first = pending.poll();
      if (first == null) {
        return null;
      }
      Entry entry = result(first);
      if (!(entry instanceof ObjectRef object) || wanted.test(object)) {
        return entry;
      }
    }
  }

  private void lookAhead() throws SourceException, InterruptedException {
    while (!ended && pending.size() < AHEAD) {
      Entry entry = names.next();
      if (entry == null) {
        ended = true;
      } else {
        FutureTask<Entry> lookup = new FutureTask<>(() -> lookUp(entry));
        Thread.ofVirtual().name("lookup").start(lookup);
        pending.add(lookup);
      }
    }
  }

  private Entry lookUp(Entry entry) throws SourceException, InterruptedException {
    return entry instanceof ObjectRef named ? find(named, listing) : entry;
  }

  /// The object as it is listed, or unchanged if the listing does not contain it.
  public static ObjectRef find(ObjectRef named, Listing listing)
      throws SourceException, InterruptedException {
    // A key sorts before every other key that starts with it.
    return listing.page(Listing.Query.first(named.bucket(), named.key())).objects().stream()
        .filter(found -> found.key().equals(named.key()))
        .findFirst()
        .orElse(named);
  }

  private Entry result(FutureTask<Entry> lookup) throws SourceException, InterruptedException {
    try {
      return lookup.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SourceException problem) {
        giveUp();
        throw problem;
      }
      throw new IllegalStateException("a key look-up broke", e.getCause());
    }
  }

  private void giveUp() {
    ended = true;
    pending.forEach(lookup -> lookup.cancel(true));
    pending.clear();
  }

  @Override
  public long listed() {
    return names.listed();
  }

  @Override
  public void close() {
    giveUp();
    names.close();
  }
}
