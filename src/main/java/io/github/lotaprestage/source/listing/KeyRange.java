package io.github.lotaprestage.source.listing;

import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.SourceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A part of a scope that one thread lists: the keys behind `after`, up to and including `until`.
/// Its end may move towards its beginning while it is being listed, where the rest is given to new
/// ranges; so all ranges of a scope hold every key of it exactly once.
///
/// Not safe for threads: [ListedObjects] guards it.
final class KeyRange {

  /// What the ranges of a scope share.
  private static final class Whole {
    private final Scope scope;
    private boolean divided;
    private boolean sorted = true;
    private boolean brokenOff;

    private Whole(Scope scope) {
      this.scope = scope;
    }
  }

  private final Whole whole;
  private final @Nullable String after;
  private @Nullable String until;
  private @Nullable String last;
  private boolean ended;
  private int pages;
  private int nextLook = 1;

  /// Where one of the pages before ended: the first, second, fourth, eighth and so on.
  private @Nullable String landmark;

  private KeyRange(Whole whole, @Nullable String after, @Nullable String until) {
    this.whole = whole;
    this.after = after;
    this.until = until;
    this.last = after;
  }

  /// Everything in a scope.
  static KeyRange of(Scope scope) {
    return new KeyRange(new Whole(scope), null, null);
  }

  Scope scope() {
    return whole.scope;
  }

  /// A token says where to go on by itself, and some stores refuse a second opinion.
  ///
  /// @param token where the page before ended
  Listing.Query query(@Nullable String token) {
    return new Listing.Query(
        whole.scope.bucket(),
        whole.scope.prefix(),
        token == null ? after : null,
        false,
        token,
        Listing.PAGE_SIZE);
  }

  /// Full pages so far.
  int pages() {
    return pages;
  }

  /// Whether there is nothing left to list.
  boolean ended() {
    return ended || whole.brokenOff;
  }

  /// The objects of the next page that are this range's: the page may go beyond its end.
  ///
  /// @throws SourceException if the listing refers to a page that came before, so that it would
  ///   never end; or if the keys are in no order, which makes nonsense of ranges. As long as there
  ///   is only one range that is no matter; there will be no others then.
  List<ObjectRef> take(Listing.Page page) throws SourceException {
    List<ObjectRef> objects = page.objects();
    if (!inOrder(objects)) {
      if (whole.divided) {
        throw rejected(
            "UnsortedListing",
            "the keys do not come in their order; list them with --list-concurrency 1");
      }
      whole.sorted = false;
    }
    pages++;
    requireNoCircle(page.nextToken());
    ended = page.nextToken() == null;
    int mine = objects.size();
    if (until != null) {
      while (mine > 0 && KeyOrder.BY_BYTES.compare(objects.get(mine - 1).key(), until) > 0) {
        mine--;
        ended = true;
      }
    }
    if (mine > 0) {
      last = objects.get(mine - 1).key();
    }
    return objects.subList(0, mine);
  }

  /// Brent's algorithm: finds every circle, and remembers only one page.
  private void requireNoCircle(@Nullable String next) throws SourceException {
    if (next != null && next.equals(landmark)) {
      throw rejected(
          "MalformedListing", "the listing goes in circles: it refers to a page that came before");
    }
    if (Integer.bitCount(pages) == 1) {
      landmark = next;
    }
  }

  private SourceException rejected(String code, String problem) {
    return new SourceException(
        query(null).toString(), Failure.local(Failure.Kind.REJECTED, code, problem));
  }

  private boolean inOrder(List<ObjectRef> objects) {
    String before = last;
    for (ObjectRef object : objects) {
      if (before != null && KeyOrder.BY_BYTES.compare(before, object.key()) >= 0) {
        return false;
      }
      before = object.key();
    }
    return true;
  }

  /// Whether it is time to look for places to split it at: after the first page, and again each
  /// time it has become twice as long.
  boolean mayBeSplit() {
    return !ended() && last != null && whole.sorted && pages >= nextLook;
  }

  /// Where it might be split; nobody else looks before [#splitAt].
  SplitPoints splitPoints(Listing listing) {
    nextLook = Integer.MAX_VALUE;
    return new SplitPoints(listing, whole.scope, Objects.requireNonNull(last), until);
  }

  /// Gives all behind the first of these keys to new ranges.
  ///
  /// @param keys in any order; those that are not in what is left are passed over
  List<KeyRange> splitAt(List<String> keys) {
    nextLook = 2 * pages;
    List<KeyRange> parts = new ArrayList<>();
    if (ended() || !whole.sorted) {
      return parts;
    }
    for (String key :
        keys.stream()
            .filter(this::isAhead)
            .sorted(KeyOrder.BY_BYTES.reversed())
            .distinct()
            .toList()) {
      parts.addFirst(new KeyRange(whole, key, until));
      until = key;
      whole.divided = true;
    }
    return parts;
  }

  /// Stores that sort by UTF-16 agree on where keys without such characters belong.
  private static boolean isUndisputed(String key) {
    return key.chars().allMatch(c -> c < Character.MIN_SURROGATE);
  }

  private boolean isAhead(String key) {
    return isUndisputed(key)
        && (last == null || KeyOrder.BY_BYTES.compare(key, last) > 0)
        && (until == null || KeyOrder.BY_BYTES.compare(key, until) < 0);
  }

  /// Ends all ranges of the scope.
  ///
  /// @return whether this is the first that says so
  boolean breakOff() {
    boolean first = !whole.brokenOff;
    whole.brokenOff = true;
    return first;
  }
}
