package io.github.lotaprestage.source.listing;

import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.SourceException;
import io.github.lotaprestage.plan.target.KeyOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The part of a scope that one thread lists: the keys after `after`, up to and including `until`.
/// While it is being listed, its end may be moved forward and the rest given to new ranges.
/// Together the ranges of a scope always contain each key exactly once.
///
/// Not thread-safe: [ListedObjects] guards it.
final class KeyRange {

  /// The state that all ranges of a scope share.
  private static final class Whole {
    private final Scope scope;
    private boolean divided;
    private boolean sorted = true;
    private boolean brokenOff;

    private Whole(Scope scope) {
      this.scope = scope;
      this.divided = scope.isPart();
    }
  }

  private final Whole whole;
  private final @Nullable String after;
  private @Nullable String until;
  private @Nullable String last;
  private boolean ended;
  private int pages;
  private int nextLook = 1;
  private final EndCheck endCheck = new EndCheck();

  private KeyRange(Whole whole, @Nullable String after, @Nullable String until) {
    this.whole = whole;
    this.after = after;
    this.until = until;
    this.last = after;
  }

  /// The range of all keys of a scope.
  static KeyRange of(Scope scope) {
    return new KeyRange(new Whole(scope), scope.after(), scope.until());
  }

  Scope scope() {
    return whole.scope;
  }

  /// Some stores reject start-after together with a continuation token.
  ///
  /// @param token the continuation token of the previous page
  Listing.Query query(@Nullable String token) {
    return new Listing.Query(
        whole.scope.bucket(),
        whole.scope.prefix(),
        token == null ? after : null,
        false,
        token,
        Listing.PAGE_SIZE);
  }

  /// The number of full pages so far.
  int pages() {
    return pages;
  }

  /// Whether there is nothing left to list.
  boolean ended() {
    return ended || whole.brokenOff;
  }

  /// Returns the objects of the next page that belong to this range; the page may go beyond its
  /// end.
  ///
  /// @throws SourceException if the listing would never end, see [EndCheck]; or if the keys are not
  ///   in order and the scope has several ranges. A scope with a single range is then never split.
  List<ObjectRef> take(Listing.Page page) throws SourceException {
    List<ObjectRef> objects = page.objects();
    if (!inOrder(objects)) {
      if (whole.divided) {
        throw rejected(
            "UnsortedListing",
            whole.scope.isPart()
                ? "the store does not list keys in order; use --shard without --shard-bounds"
                : "the store does not list keys in order; use --list-concurrency 1");
      }
      whole.sorted = false;
    }
    pages++;
    endCheck.passed(query(null), page);
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

  /// Whether to look for keys to split the range at: after the first page, and again each time the
  /// number of pages has doubled.
  boolean mayBeSplit() {
    return !ended() && last != null && whole.sorted && pages >= nextLook;
  }

  /// Starts the search for keys to split the range at. No other search starts before [#splitAt].
  SplitPoints splitPoints(Listing listing) {
    nextLook = Integer.MAX_VALUE;
    return new SplitPoints(listing, whole.scope, Objects.requireNonNull(last), until);
  }

  /// Gives everything after the first of these keys to new ranges.
  ///
  /// @param keys in any order; keys outside the rest of the range are ignored
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

  /// Stores that sort by UTF-16 agree with others about keys without such characters.
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
  /// @return whether this call is the first
  boolean breakOff() {
    boolean first = !whole.brokenOff;
    whole.brokenOff = true;
    return first;
  }
}
