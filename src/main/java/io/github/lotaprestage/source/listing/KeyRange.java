package io.github.lotaprestage.source.listing;

import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.SourceException;
import io.github.lotaprestage.plan.target.KeyOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The part of a scope that one thread lists: the keys after `after`, up to and including `until`.
/// While it is being listed, its end may be moved forward and the rest given to new ranges.
/// Together the ranges of a scope always contain each key exactly once.
///
/// Not thread-safe: [RangeListing] guards it.
final class KeyRange {

  /// The state that all ranges of a scope share.
  private static final class Whole {
    private static final int LANDMARKS = 32;

    private final Scope scope;
    private final Budget budget = new Budget();

    /// Some keys, from pages of all parts.
    private final Deque<String> landmarks = new ArrayDeque<>();

    private boolean divided;
    private boolean sorted = true;
    private boolean brokenOff;

    /// Whether a search for directories was answered.
    private boolean searched;

    private Whole(Scope scope) {
      this.scope = scope;
      this.divided = scope.isPart();
    }

    private void remember(String key) {
      landmarks.add(key);
      if (landmarks.size() > LANDMARKS) {
        landmarks.remove();
      }
    }
  }

  private static final int FEW_PAGES = 3;

  private final Whole whole;
  private final @Nullable String after;
  private @Nullable String until;
  private @Nullable String last;
  private boolean ended;
  private int pages;
  private final EndCheck endCheck = new EndCheck();

  // For the outlook.
  private int nextSearch = 1;
  private KnownDirectories directories = KnownDirectories.none();
  private List<ObjectRef> latest = List.of();
  private double expected = 1;
  private @Nullable Outlook outlook;

  /// The range before this one, until the first page of this one shows what follows there.
  private @Nullable KeyRange previous;

  /// The objects that follow this range.
  private List<ObjectRef> following = List.of();

  /// Whether it is not known yet whether objects follow this range. Then it may be empty.
  private boolean endIsGuessed;

  /// What its beginning is expected to waste, until its first page.
  private double stake;

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

  /// Whether there is nothing left to list.
  boolean ended() {
    return ended || whole.brokenOff;
  }

  /// Returns the objects of the next page that belong to this range; the page may go beyond its
  /// end.
  ///
  /// @throws SourceException if the listing would never end, see [EndCheck]; or if the keys are not
  ///   in order and the scope has several ranges. A scope with a single range is then never cut.
  ///   Where it was cut, the order of UTF-16 is as good: see [#isUndisputed].
  List<ObjectRef> take(Listing.Page page) throws SourceException {
    List<ObjectRef> objects = page.objects();
    if (!inOrder(objects, KeyOrder.BY_BYTES)) {
      if (whole.scope.isPart() || (whole.divided && !inOrder(objects, Comparator.naturalOrder()))) {
        throw rejected("UnsortedListing", "the store does not list keys in order");
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
      latest = objects.subList(0, mine);
      last = latest.getLast().key();
      whole.remember(last);
    }
    ended |= last != null && last.equals(until);
    learn(objects, objects.isEmpty() ? 0 : mine / (double) objects.size());
    return objects.subList(0, mine);
  }

  /// @param share the part of the page that belongs to this range
  private void learn(List<ObjectRef> page, double share) {
    directories.passed(share, last, ended ? until : null);
    whole.budget.page(share);
    whole.budget.settle(stake);
    stake = 0;
    expected = Math.max(1, expected - 1);
    outlook = null;
    if (previous != null) {
      previous.following = page;
      previous.endIsGuessed = false;
      previous.outlook = null;
      previous = null;
    }
  }

  private SourceException rejected(String code, String problem) {
    return new SourceException(
        query(null).toString(), Failure.local(Failure.Kind.REJECTED, code, problem));
  }

  private boolean inOrder(List<ObjectRef> objects, Comparator<String> order) {
    String before = last;
    for (ObjectRef object : objects) {
      if (before != null && order.compare(before, object.key()) >= 0) {
        return false;
      }
      before = object.key();
    }
    return true;
  }

  private boolean mayBeCut() {
    return !ended() && !latest.isEmpty() && whole.sorted && !endIsGuessed;
  }

  /// Whether directories should be looked up before the range is cut. If so, no other search starts
  /// before [#found].
  ///
  /// @param urgent whether few requests are in flight
  boolean wantsSearch(boolean urgent) {
    return mayBeCut()
        && pages >= nextSearch
        && directories.isEmpty()
        && !directories.lastEndsSoon()
        && (!whole.searched || isNested())
        && whole.budget.left(urgent) >= 1;
  }

  DirectorySearch search(Listing listing) {
    nextSearch = Integer.MAX_VALUE;
    return new DirectorySearch(
        listing, whole.scope, Objects.requireNonNull(last), until, directory());
  }

  /// Takes note of directories.
  ///
  /// @param ranges all ranges; some of them may have been a part of this one
  void found(DirectorySearch.Result result, Collection<KeyRange> ranges) {
    nextSearch = 2 * pages;
    whole.searched = true;
    whole.budget.searched();
    KnownDirectories all = KnownDirectories.of(result);
    for (KeyRange range : ranges) {
      if (range.whole == whole) {
        KnownDirectories known = all.part(range.last, range.until);
        if (range == this || !known.isEmpty()) {
          range.directories = known;
        }
        range.outlook = null;
      }
    }
  }

  /// The directory that contains the rest of the range.
  private String directory() {
    String key = Objects.requireNonNull(last);
    int depth = whole.scope.prefix().length();
    if (until != null) {
      depth =
          Math.max(depth, key.lastIndexOf('/', KeyOrder.sharedPrefix(key, until).length() - 1) + 1);
    }
    if (!directories.areMany()) {
      depth = Math.max(depth, directories.directoryOf(key).length());
    }
    return key.substring(0, depth);
  }

  /// Whether the last key is in a directory inside that one whose neighbours are not known.
  private boolean isNested() {
    return !directories.areMany()
        && Objects.requireNonNull(last).indexOf('/', directory().length()) >= 0;
  }

  /// What is known about the rest of the range; null if that is not enough to cut it.
  @Nullable Outlook outlook() {
    if (!mayBeCut() || !whole.searched) {
      return null;
    }
    if (outlook == null) {
      if (!directories.isEmpty()) {
        outlook = directories.outlook(latest, !whole.divided);
        if (directories.areMany() && outlook.pages() < FEW_PAGES) { // there are as many as objects
          outlook = insideDirectory();
        }
      } else if (!isNested() && !directories.lastEndsSoon()) {
        outlook = insideDirectory();
      }
      if (outlook != null) {
        expected = outlook.expected();
      }
    }
    return outlook;
  }

  private @Nullable Outlook insideDirectory() {
    return new RestOfDirectory(directory(), latest, until, following)
        .outlook(whole.landmarks, whole.budget.known(), !whole.divided);
  }

  /// The expected number of pages that are left.
  double expected() {
    return expected;
  }

  Budget budget() {
    return whole.budget;
  }

  /// Gives everything after the first of some keys to new ranges.
  ///
  /// @param plan from [#outlook]
  /// @param size the number of pages that each part but the last should have
  List<KeyRange> cut(Outlook plan, int cuts, double size) {
    List<KeyRange> parts = new ArrayList<>();
    boolean guess = !(plan instanceof Outlook.Directories);
    double each = plan instanceof Outlook.Open ? 1 : Math.max(1, size);
    KeyRange next = null;
    for (String key :
        plan.keys(cuts, size).stream()
            .filter(this::isAhead)
            .sorted(KeyOrder.BY_BYTES.reversed())
            .distinct()
            .toList()) {
      KeyRange part = new KeyRange(whole, key, until);
      part.directories = directories.part(key, until);
      part.nextSearch = guess ? nextSearch : 2;
      part.expected = each;
      part.stake = plan.cost();
      part.follow(next, guess, this);
      whole.budget.stake(part.stake);
      whole.divided = true;
      next = part;
      parts.addFirst(part);
      until = key;
    }
    if (next != null) {
      directories = directories.part(last, until);
      expected = each;
      outlook = null;
      follow(next, guess, this);
    }
    return parts;
  }

  /// @param next the range after this one; null for the one after `whole`
  private void follow(@Nullable KeyRange next, boolean guess, KeyRange cut) {
    if (next == null) {
      following = cut.following;
    } else {
      next.previous = this;
      endIsGuessed = guess;
      following = List.of();
    }
  }

  /// Stores that sort by UTF-16 agree with others about keys without such characters. In the
  /// prefix, which all keys have, they do not matter.
  private boolean isUndisputed(String key) {
    return key.chars()
        .skip(whole.scope.prefix().length())
        .allMatch(c -> c < Character.MIN_SURROGATE);
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
