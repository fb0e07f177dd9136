package io.github.lotaprestage.source.lookup;

import io.github.lotaprestage.object.Entry;
import io.github.lotaprestage.object.HandOver;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.ObjectSource;
import io.github.lotaprestage.object.SourceException;
import io.github.lotaprestage.source.listing.Listing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Looks named keys up in listings, for filters on size, age and class and for dry runs. A HEAD
/// would return the same metadata, but it would also stage the object.
///
/// A key that the listing does not contain is passed on with nothing but its name, whatever a
/// manifest says about it, so that it fails when it is staged. The order is kept. After a LIST has
/// failed, no more are sent.
public final class KeyLookup implements ObjectSource {

  /// How long a name waits for neighbours, when names come slowly.
  private static final Duration GATHERING = Duration.ofMillis(20);

  /// An entry, and its name if it has to be looked up.
  private record Pending(Entry entry, NameSearch.@Nullable Name name) {}

  private final ObjectSource names;
  private final NameSearch search;
  private final Predicate<ObjectRef> known;
  private final Predicate<ObjectRef> wanted;
  private final HandOver<Entry> read = new HandOver<>(Listing.PAGE_SIZE);
  private final HandOver<Pending> pending = new HandOver<>(3 * Listing.PAGE_SIZE);
  private final List<Thread> threads;
  private volatile boolean ended;

  /// @param concurrency the maximum number of LISTs in flight
  /// @param known whether an object need not be looked up
  public KeyLookup(
      ObjectSource names,
      Listing listing,
      int concurrency,
      Predicate<ObjectRef> known,
      Predicate<ObjectRef> wanted) {
    this.names = names;
    this.search = new NameSearch(listing, concurrency);
    this.known = known;
    this.wanted = wanted;
    this.threads =
        List.of(
            Thread.ofVirtual().name("names").unstarted(() -> read.putAll(names, entry -> entry)),
            Thread.ofVirtual().name("lookup").unstarted(this::lookUp));
  }

  /// The object as it is listed, or unchanged if the listing does not contain it.
  public static ObjectRef find(ObjectRef named, Listing listing)
      throws SourceException, InterruptedException {
    // A key sorts before every other key that starts with it.
    return listing.page(Listing.Query.first(named.bucket(), named.key())).objects().stream()
        .filter(found -> found.key().equals(named.key()))
        .findFirst()
        .map(found -> found.selectedBy(named.input()))
        .orElse(named);
  }

  @Override
  public @Nullable Entry next() throws SourceException, InterruptedException {
    start();
    while (!ended) {
      Pending first = pending.take();
      if (first == null) {
        return null;
      }
      Entry entry = result(first);
      if (!(entry instanceof ObjectRef object) || wanted.test(object)) {
        return entry;
      }
    }
    return null;
  }

  private void start() {
    for (Thread thread : threads) {
      if (thread.getState() == Thread.State.NEW) {
        thread.start();
      }
    }
  }

  /// Starts the look-ups, for up to a page of names at a time.
  private void lookUp() {
    try {
      while (!read.isOver()) {
        read.gather(GATHERING);
        lookUp(held());
      }
      pending.end();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    } catch (RuntimeException | Error e) {
      pending.fail(e);
    }
  }

  private List<Entry> held() {
    List<Entry> held = new ArrayList<>();
    while (held.size() < Listing.PAGE_SIZE) {
      try {
        Entry entry = read.poll();
        if (entry == null) {
          break;
        }
        held.add(entry);
      } catch (SourceException e) {
        pending.problem(e);
      }
    }
    return held;
  }

  private void lookUp(List<Entry> entries) throws InterruptedException {
    List<Pending> all = new ArrayList<>();
    List<NameSearch.Name> unknown = new ArrayList<>();
    for (Entry entry : entries) {
      NameSearch.Name name =
          entry instanceof ObjectRef named && !known.test(named) ? NameSearch.Name.of(named) : null;
      all.add(new Pending(entry, name));
      if (name != null) {
        unknown.add(name);
      }
    }
    search.start(unknown);
    for (Pending each : all) {
      pending.put(each);
    }
  }

  private Entry result(Pending first) throws SourceException, InterruptedException {
    if (first.name() == null) {
      return first.entry();
    }
    try {
      return first.name().result().get().selectedBy(first.name().named().input());
    } catch (ExecutionException e) {
      stop();
      if (e.getCause() instanceof SourceException problem) {
        throw problem;
      }
      throw new IllegalStateException("a key look-up broke", e.getCause());
    } catch (CancellationException e) {
      throw new InterruptedException("closed");
    }
  }

  private void stop() {
    ended = true;
    threads.forEach(Thread::interrupt);
    search.close();
  }

  @Override
  public long listed() {
    return names.listed();
  }

  @Override
  public void close() {
    stop();
    names.close();
  }
}
