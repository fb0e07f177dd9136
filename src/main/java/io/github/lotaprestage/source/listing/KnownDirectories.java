package io.github.lotaprestage.source.listing;

import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.plan.target.KeyOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The directories that begin in the rest of a range, from one [DirectorySearch].
final class KnownDirectories {

  /// What all ranges saw of these directories.
  private static final class Seen {
    private double pages;
    private int directories;
  }

  private static final int GUESSES = 16;

  private final DirectorySearch.Result search;
  private final Seen seen;
  private List<String> names;

  /// How many pages the range has listed since the last of them began.
  private int pagesOfLast;

  private KnownDirectories(DirectorySearch.Result search, Seen seen, List<String> names) {
    this.search = search;
    this.seen = seen;
    this.names = names;
  }

  /// For a range that was not searched.
  static KnownDirectories none() {
    return of(new DirectorySearch.Result(List.of(), false, null));
  }

  static KnownDirectories of(DirectorySearch.Result search) {
    return new KnownDirectories(search, new Seen(), search.names());
  }

  /// Those of a part of the range.
  KnownDirectories part(@Nullable String after, @Nullable String until) {
    return new KnownDirectories(search, seen, within(after, until));
  }

  private List<String> within(@Nullable String after, @Nullable String until) {
    int from = after == null ? 0 : position(after + "\0");
    int to = until == null ? names.size() : position(until);
    return names.subList(Math.min(from, to), to);
  }

  private int position(String key) {
    int index = Collections.binarySearch(names, key, KeyOrder.BY_BYTES);
    return index < 0 ? -index - 1 : index;
  }

  boolean isEmpty() {
    return names.isEmpty();
  }

  /// Whether there are too many to know all.
  boolean areMany() {
    return search.more();
  }

  /// The one of these directories that contains a key, or else the directory around them.
  ///
  /// @return the part of the key that is its name; empty if the key is somewhere else
  String directoryOf(String key) {
    String around = search.directory();
    return around == null || !key.startsWith(around)
        ? ""
        : key.substring(0, Math.max(around.length(), key.indexOf('/', around.length()) + 1));
  }

  /// Takes note of a page.
  ///
  /// @param share the part of it that was used
  /// @param last the last key of the range so far
  /// @param end the end of the range if that was reached; else null
  void passed(double share, @Nullable String last, @Nullable String end) {
    int before = names.size();
    names = within(last, null);
    int passed = before - names.size();
    seen.pages += share;
    seen.directories += end != null && end.endsWith("/") ? before + 1 : passed;
    pagesOfLast = passed > 0 ? 0 : pagesOfLast + 1;
  }

  /// Whether the last directory is expected to end before long.
  boolean lastEndsSoon() {
    return seen.directories > 0 && pagesOfLast < Math.min(2.5, 2 * seen.pages / seen.directories);
  }

  /// @param page the latest page of the range
  /// @param first whether nothing else is known about the scope
  Outlook outlook(List<ObjectRef> page, boolean first) {
    String current = directoryOf(page.getLast().key());
    int inCurrent = 0;
    Set<String> complete = new HashSet<>();
    for (ObjectRef object : page) {
      if (object.key().startsWith(current)) {
        inCurrent++;
      } else {
        complete.add(directoryOf(object.key()));
      }
    }
    double here = inCurrent / (double) page.size();
    if (!complete.isEmpty()) {
      double pagesOfOne = (1 - here) / complete.size();
      return Outlook.Directories.measured(names, pagesOfOne, Math.max(0, pagesOfOne - here));
    }
    if (seen.directories > 0) {
      double pagesOfOne = seen.pages / seen.directories;
      return Outlook.Directories.measured(names, pagesOfOne, pagesOfOne / 2);
    }
    return areMany()
        ? Outlook.Directories.guessed(first ? continued() : names, false)
        : Outlook.Directories.guessed(names, first);
  }

  /// These names and guesses of further ones.
  private List<String> continued() {
    KeyScale scale = new KeyScale(names, Objects.requireNonNull(search.directory()));
    long last = scale.number(names.getLast());
    double step =
        Math.max(1, last - scale.number(names.getFirst())) / Math.max(1.0, names.size() - 1.0);
    List<String> all = new ArrayList<>(names);
    Outlook.growing(1, (scale.size() - last) / step, GUESSES)
        .mapToObj(i -> scale.key(last + Math.round(i * step)))
        .filter(key -> KeyOrder.BY_BYTES.compare(key, names.getLast()) > 0)
        .forEach(all::add);
    return all;
  }
}
