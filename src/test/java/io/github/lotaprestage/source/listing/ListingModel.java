package io.github.lotaprestage.source.listing;

import io.github.lotaprestage.object.Entry;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.ObjectSource;
import io.github.lotaprestage.plan.target.KeyOrder;
import io.github.lotaprestage.plan.target.Target;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.FutureTask;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A listing in virtual time: every LIST takes one tick, and the reader takes no time at all.
final class ListingModel {

  /// @param lists all requests, those for directories included
  /// @param most the largest number of requests in one tick
  record Run(int ticks, int lists, int most, List<String> keys) {}

  /// A store whose requests wait for the end of the tick.
  private static final class Store implements Listing {
    private final String[] keys;
    private final int pageSize;
    private int waiting;
    private int tick;
    private int lists;
    private int most;

    /// @param keys in order
    private Store(List<String> keys, int pageSize) {
      this.keys = keys.toArray(String[]::new);
      this.pageSize = pageSize;
    }

    @Override
    public synchronized Page page(Query query) throws InterruptedException {
      int now = tick;
      waiting++;
      lists++;
      while (tick == now) {
        wait();
      }
      return answer(query);
    }

    private synchronized int waiting() {
      return waiting;
    }

    private synchronized void endTick() {
      most = Math.max(most, waiting);
      waiting = 0;
      tick++;
      notifyAll();
    }

    private Page answer(Query query) {
      String after = query.token() == null ? query.startAfter() : query.token();
      int next = Math.max(first(query.prefix()), after == null ? 0 : first(after + "\0"));
      List<ObjectRef> objects = new ArrayList<>();
      List<String> directories = new ArrayList<>();
      String last = "";
      while (next < keys.length && keys[next].startsWith(query.prefix())) {
        if (objects.size() + directories.size() == (query.directories() ? PAGE_SIZE : pageSize)) {
          return new Page(objects, directories, last);
        }
        int slash = keys[next].indexOf('/', query.prefix().length());
        if (query.directories() && slash >= 0) {
          directories.add(keys[next].substring(0, slash + 1));
          last = directories.getLast() + "\uDBFF\uDFFF";
          next = first(last);
        } else {
          objects.add(ObjectRef.named("b", keys[next]));
          last = keys[next++];
        }
      }
      return new Page(objects, directories, null);
    }

    private int first(String from) {
      int index = Arrays.binarySearch(keys, from, KeyOrder.BY_BYTES);
      return index < 0 ? -index - 1 : index;
    }
  }

  private ListingModel() {}

  /// @param keys in order
  /// @param ordered whether they are read in that order
  static Run run(List<String> keys, int pageSize, int concurrency, boolean ordered)
      throws Exception {
    Store store = new Store(keys, pageSize);
    List<Scope> scopes = Scope.merge(List.of(Target.Listed.below("b", "data/")));
    if (ordered) {
      OrderedListing source = new OrderedListing(store, concurrency, scopes, (_, object) -> object);
      return run(store, source, source::waitsFor);
    }
    ListedObjects source = new ListedObjects(store, concurrency, scopes, (_, object) -> object);
    return run(store, source, source::waitsFor);
  }

  private static Run run(Store store, ObjectSource source, IntPredicate waitsFor) throws Exception {
    List<String> listed = new ArrayList<>();
    FutureTask<@Nullable Void> reading =
        new FutureTask<>(() -> {
          for (Entry entry = source.next(); entry != null; entry = source.next()) {
            listed.add(((ObjectRef) entry).key());
          }
          return null;
        });
    try (source) {
      Thread.ofVirtual().start(reading);
      while (!reading.isDone()) {
        if (waitsFor.test(store.waiting())) {
          store.endTick();
        }
        Thread.onSpinWait();
      }
      reading.get();
    }
    return new Run(store.tick, store.lists, store.most, listed);
  }

  private static String hash(int i) {
    return "%016x".formatted(new SplittableRandom(i).nextLong());
  }

  /// Key number `i` of `n`, by the name of the layout.
  private interface Layout {
    String key(int i, int n);
  }

  private static final Map<String, Layout> LAYOUTS = new LinkedHashMap<>();

  static {
    LAYOUTS.put("numbers", (i, _) -> "%09d.bin".formatted(i));
    LAYOUTS.put("one deep directory", (i, _) -> "a/b/c/d/%09d.bin".formatted(i));
    LAYOUTS.put("just enough digits", (i, _) -> "img-%06d".formatted(i));
    LAYOUTS.put("numbers without zeros in front", (i, _) -> "img" + i);
    LAYOUTS.put(
        "100 directories of numbers", (i, n) -> "%03d/%09d.bin".formatted(i / ((n + 99) / 100), i));
    LAYOUTS.put(
        "three directories",
        (i, n) -> (i < n * 0.8 ? "train" : i < n * 0.9 ? "test" : "val") + "/%09d".formatted(i));
    LAYOUTS.put(
        "a directory for each hour",
        (i, n) -> {
          LocalDateTime hour =
              LocalDateTime.of(2025, 11, 3, 0, 0)
                  .plusHours((long) (2400 * new SplittableRandom(i).nextDouble()));
          return "%d/%02d/%02d/%02d/part-%s"
              .formatted(
                  hour.getYear(),
                  hour.getMonthValue(),
                  hour.getDayOfMonth(),
                  hour.getHour(),
                  hash(i));
        });
    LAYOUTS.put(
        "checkpoints",
        (i, n) ->
            "step-%d/rank-%04d.distcp".formatted(i / ((n + 36) / 37) * 500, i % ((n + 36) / 37)));
    LAYOUTS.put(
        "UUIDs",
        (i, _) -> UUID.nameUUIDFromBytes(hash(i).getBytes(StandardCharsets.UTF_8)).toString());
    LAYOUTS.put(
        "hashes in directories", (i, _) -> hash(i).substring(0, 2) + "/" + hash(i).substring(2));
    LAYOUTS.put("words", (i, _) -> word(hash(i)) + i);
    LAYOUTS.put("a directory for each object", (i, _) -> "%07d/x".formatted(i));
    LAYOUTS.put(
        "a huge directory among small ones",
        (i, _) ->
            i % 20 == 0 ? "run-%04d/%d".formatted(i / 20 % 300, i) : "huge/%07d".formatted(i));
  }

  private static String word(String hash) {
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < 5; i++) {
      int digit = Integer.parseInt(hash.substring(2 * i, 2 * i + 2), 16);
      int syllable = digit * digit / 256 % 10;
      word.append("kalomisotenurapivedo", 2 * syllable, 2 * syllable + 2);
    }
    return word.toString();
  }

  static List<String> layouts() {
    return List.copyOf(LAYOUTS.keySet());
  }

  /// The keys of a layout, in order.
  static List<String> keys(String layout, int n) {
    Layout keys = Objects.requireNonNull(LAYOUTS.get(layout));
    return IntStream.range(0, n)
        .mapToObj(i -> "data/" + keys.key(i, n))
        .distinct()
        .sorted(KeyOrder.BY_BYTES)
        .toList();
  }

  private static final List<String> PIECES =
      List.of("a", "b", "1", "19", "/", "1/", "x/", "//", "é", "~", "train/", "0", "f", " ", "😀");

  /// Up to 3,000 keys that are made of a few of the pieces above, in order.
  static List<String> oddKeys(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<String> pieces =
        random.ints(1 + random.nextInt(5), 0, PIECES.size()).mapToObj(PIECES::get).toList();
    int longest = 1 + random.nextInt(9);
    return IntStream.range(0, 1 + random.nextInt(3000))
        .mapToObj(_ ->
            random
                .ints(random.nextInt(1, longest + 1), 0, pieces.size())
                .mapToObj(pieces::get)
                .collect(Collectors.joining("", "data/", "")))
        .distinct()
        .sorted(KeyOrder.BY_BYTES)
        .toList();
  }

  /// Prints ticks and LISTs, by layout and pages.
  public static void main(String[] args) throws Exception {
    System.out.printf("%-36s", "ticks/LISTs (16 at once)");
    for (String pages : args) {
      System.out.printf(" | %5s (%2d)", pages, (Integer.parseInt(pages) + 15) / 16 + 1);
    }
    System.out.println();
    for (String layout : LAYOUTS.keySet()) {
      StringBuilder line = new StringBuilder("%-36s".formatted(layout));
      for (String pages : args) {
        List<String> keys = keys(layout, 1000 * Integer.parseInt(pages));
        Run run = run(keys, 1000, 16, Boolean.getBoolean("ordered"));
        boolean right =
            run.keys().size() == keys.size()
                && run.keys().stream().distinct().count() == keys.size();
        line.append(" | %3d/%4d%s".formatted(run.ticks(), run.lists(), right ? "  " : "!!"));
      }
      System.out.println(line);
    }
  }
}
