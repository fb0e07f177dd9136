package io.github.lotaprestage.source.lookup;

import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.SourceException;
import io.github.lotaprestage.plan.target.KeyOrder;
import io.github.lotaprestage.source.listing.EndCheck;
import io.github.lotaprestage.source.listing.Listing;
import io.github.lotaprestage.threads.RequestThreads;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// Looks named objects up in listings. Names that are neighbours in key order share pages, so up to
/// 1,000 of them need one LIST. No name needs more than two.
///
/// At most `concurrency` LISTs are in flight.
final class NameSearch implements AutoCloseable {

  private static final int SMALLEST_PAGE = 4;
  private static final int CHANGE = 4;

  /// The order of the names within a bucket, in which they are found.
  private static final Comparator<Name> BY_KEY =
      Comparator.comparing(Name::bucket).thenComparing(Name::key, KeyOrder.BY_BYTES);

  /// A name, and the object as it is listed, once that is known.
  ///
  /// @param result the object, or nothing but the name if the listing does not contain it; fails
  ///   with a [SourceException]
  public record Name(ObjectRef named, CompletableFuture<ObjectRef> result) {

    public static Name of(ObjectRef named) {
      return new Name(named, new CompletableFuture<>());
    }

    private String bucket() {
      return named.bucket();
    }

    private String key() {
      return named.key();
    }
  }

  private final Listing listing;
  private final Semaphore requests;
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(new RequestThreads("lookup"));

  /// Whether the store lists what stands between two names, and may be asked for it.
  private volatile boolean sharing = true;

  public NameSearch(Listing listing, int concurrency) {
    this.listing = listing;
    this.requests = new Semaphore(concurrency);
  }

  /// Starts to look names up. It does not wait.
  public void start(List<Name> names) {
    List<Name> sorted = new ArrayList<>(names);
    sorted.sort(BY_KEY);
    int start = 0;
    for (int i = 1; i <= sorted.size(); i++) {
      if (i == sorted.size() || !sorted.get(i).bucket().equals(sorted.get(start).bucket())) {
        fork(sorted.subList(start, i), Listing.PAGE_SIZE);
        start = i;
      }
    }
  }

  private void fork(List<Name> names, int pageSize) {
    try {
      threads.execute(() -> search(names, pageSize));
    } catch (RejectedExecutionException e) { // closed: nobody waits for them
      names.forEach(name -> name.result().cancel(false));
    }
  }

  private void search(List<Name> all, int firstPageSize) {
    List<Name> names = all;
    int pageSize = firstPageSize;
    try {
      while (!names.isEmpty()) {
        int found = findFirst(names, pageSize);
        pageSize =
            found == 1
                ? Math.max(SMALLEST_PAGE, pageSize / CHANGE)
                : Math.min(Listing.PAGE_SIZE, pageSize * CHANGE);
        names = names.subList(found, names.size());
        if (names.size() > CHANGE * found) { // far apart: look for both halves at once
          fork(names.subList(names.size() / 2, names.size()), pageSize);
          names = names.subList(0, names.size() / 2);
        }
      }
    } catch (SourceException | RuntimeException | Error e) {
      names.forEach(name -> name.result().completeExceptionally(e));
    } catch (InterruptedException e) {
      names.forEach(name -> name.result().cancel(false));
    }
  }

  /// Finds the first name, and those after it that are on the same page.
  ///
  /// @return how many were found, or found to be missing
  private int findFirst(List<Name> names, int pageSize)
      throws SourceException, InterruptedException {
    Name first = names.getFirst();
    int found =
        sharing && !names.getLast().key().equals(first.key()) ? findOnPage(names, pageSize) : 0;
    if (found == 0) {
      complete(first, firstObject(first));
      return 1;
    }
    return found;
  }

  /// A key sorts before every other key that starts with it.
  private @Nullable ObjectRef firstObject(Name name) throws SourceException, InterruptedException {
    EndCheck end = new EndCheck();
    Listing.Query query = Listing.Query.first(name.bucket(), name.key());
    Listing.Page page = page(query);
    while (page.objects().isEmpty() && page.nextToken() != null) { // deleted objects come first
      end.passed(query, page);
      query = query.after(page.nextToken());
      page = page(query);
    }
    return page.objects().isEmpty() ? null : page.objects().getFirst();
  }

  private int findOnPage(List<Name> names, int pageSize)
      throws SourceException, InterruptedException {
    Name first = names.getFirst();
    String prefix = KeyOrder.sharedPrefix(first.key(), names.getLast().key());
    String before = before(first.key());
    String startAfter = before.startsWith(prefix) ? before : null;
    Listing.Page page;
    try {
      page = page(new Listing.Query(first.bucket(), prefix, startAfter, false, null, pageSize));
    } catch (SourceException e) {
      if (e.error().kind() != Failure.Kind.DENIED) {
        throw e;
      }
      sharing = false; // a policy may allow only the prefixes of the names
      return 0;
    }
    if (!isInOrder(page.objects(), startAfter)) {
      sharing = false; // a store without an order, or without start-after
      return 0;
    }
    return match(names, page);
  }

  private Listing.Page page(Listing.Query query) throws SourceException, InterruptedException {
    requests.acquire();
    try {
      return listing.page(query);
    } finally {
      requests.release();
    }
  }

  private static boolean isInOrder(List<ObjectRef> objects, @Nullable String startAfter) {
    String last = startAfter;
    for (ObjectRef object : objects) {
      if (last != null && KeyOrder.BY_BYTES.compare(last, object.key()) >= 0) {
        return false;
      }
      last = object.key();
    }
    return true;
  }

  /// @return how many of the names come before the end of the page
  private static int match(List<Name> names, Listing.Page page) {
    int found = 0;
    for (ObjectRef object : page.objects()) {
      while (found < names.size()) {
        int order = KeyOrder.BY_BYTES.compare(names.get(found).key(), object.key());
        if (order > 0) {
          break;
        }
        complete(names.get(found), object);
        found++;
      }
    }
    if (page.nextToken() == null) {
      for (; found < names.size(); found++) {
        complete(names.get(found), null);
      }
    }
    return found;
  }

  private static void complete(Name name, @Nullable ObjectRef listed) {
    boolean same = listed != null && listed.key().equals(name.key());
    name.result().complete(same ? listed : ObjectRef.named(name.bucket(), name.key()));
  }

  /// A key before `key`, with few others in between: its last character is one less.
  private static String before(String key) {
    int last = key.codePointBefore(key.length());
    String start = key.substring(0, key.length() - Character.charCount(last));
    if (last == 0) {
      return start;
    }
    int previous = last == Character.MAX_SURROGATE + 1 ? Character.MIN_SURROGATE - 1 : last - 1;
    return start + Character.toString(previous);
  }

  /// Stops looking. Names without a result are cancelled.
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
