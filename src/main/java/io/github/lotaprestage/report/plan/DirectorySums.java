package io.github.lotaprestage.report.plan;

import io.github.lotaprestage.object.ObjectRef;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Adds up directories in bounded memory, so that the largest are known in the end.
///
/// While there are more directories than are kept, the smaller half is dropped. A directory that
/// was dropped and comes again lacks at most the bytes of the largest one that was dropped.
///
/// - In key order no directory comes again, so the result is exact for any number of directories.
///   The program does not rely on the order: it remembers between which two names it dropped
///   directories, and knows that those outside are new.
/// - In any other order, the result is exact if it could not be another one with the bytes that are
///   missing.
final class DirectorySums {

  private static final int MAX_CHARACTERS = 4_000_000;
  private static final int MAX_PARTS = 100;

  /// A directory.
  private static final class Entry {
    private final String name;

    /// The number of the part of the run, in itself in key order, in which it came.
    private final int part;

    /// The most bytes that were dropped before it came again.
    private final long missing;

    private long objects;
    private long bytes;

    Entry(String name, int part, long missing) {
      this.name = name;
      this.part = part;
      this.missing = missing;
    }

    /// More bytes than these cannot be in the directory.
    long most() {
      return ObjectRef.sum(bytes, missing);
    }
  }

  /// The first and the last name, in their order, of the directories that were dropped.
  private static final class Range {
    private String first;
    private String last;

    Range(String name) {
      first = name;
      last = name;
    }

    void add(String name) {
      first = name.compareTo(first) < 0 ? name : first;
      last = name.compareTo(last) > 0 ? name : last;
    }

    boolean contains(String name) {
      return name.compareTo(first) >= 0 && name.compareTo(last) <= 0;
    }
  }

  private final int kept;
  private final Map<String, Entry> entries = new HashMap<>();
  private final Map<Integer, Range> dropped = new HashMap<>();
  private long mostDropped;
  private long characters;
  private int part;
  private @Nullable Entry current;

  /// @param kept how many directories are told apart at least; up to twice as many are in memory
  DirectorySums(int kept) {
    this.kept = kept;
  }

  /// Adds an object to the directory of the object before it.
  void addToSame(long size) {
    Entry same = Objects.requireNonNull(current);
    same.objects++;
    same.bytes = ObjectRef.sum(same.bytes, size);
  }

  /// Adds an object to a directory.
  void add(String name, long size) {
    if (current != null && name.compareTo(current.name) < 0 && !current.name.startsWith(name)) {
      part = Math.min(part + 1, MAX_PARTS);
    }
    Entry entry = entries.get(name);
    if (entry == null) {
      entry = new Entry(name, part, mayBeDropped(name) ? mostDropped : 0);
      entries.put(name, entry);
      characters += name.length();
    }
    current = entry;
    addToSame(size);
    if (entries.size() > 2 * kept || characters > MAX_CHARACTERS) {
      drop(entry);
    }
  }

  private boolean mayBeDropped(String name) {
    for (Range each : dropped.values()) {
      if (each.contains(name)) {
        return true;
      }
    }
    return false;
  }

  /// Drops the smaller half. Directories that contain the last one may come again even in key
  /// order, so they stay.
  private void drop(Entry last) {
    List<Entry> descending = new ArrayList<>(entries.values());
    descending.sort(
        Comparator.comparingLong(Entry::most).reversed().thenComparing(each -> each.name));
    for (Entry each : descending.subList(descending.size() / 2, descending.size())) {
      if (!last.name.startsWith(each.name)) {
        entries.remove(each.name);
        characters -= each.name.length();
        mostDropped = Math.max(mostDropped, each.most());
        dropped.computeIfAbsent(each.part, _ -> new Range(each.name)).add(each.name);
      }
    }
  }

  /// The characters of all names in memory.
  long characters() {
    return characters;
  }

  /// The largest directories; of those of the same size, the first in the order of their names.
  Directories largest(int count) {
    List<Entry> descending = new ArrayList<>(entries.values());
    descending.sort(
        Comparator.comparingLong((Entry each) -> each.bytes)
            .reversed()
            .thenComparing(each -> each.name));
    int shown = Math.min(count, descending.size());
    long rest = mostDropped;
    for (Entry each : descending.subList(shown, descending.size())) {
      rest = Math.max(rest, each.most());
    }
    boolean exact = shown == 0 || rest <= descending.get(shown - 1).bytes;
    Map<String, Amount> largest = new LinkedHashMap<>();
    for (Entry each : descending.subList(0, shown)) {
      exact &= each.missing == 0;
      largest.put(each.name, new Amount(each.objects, each.bytes));
    }
    return new Directories(largest, exact);
  }
}
