package io.github.lotaprestage.source.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lotaprestage.object.Entry;
import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.SourceException;
import io.github.lotaprestage.plan.target.Target;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ListedObjectsTest {

  private static ObjectRef object(String key) {
    return ObjectRef.named("b", key);
  }

  private static Listing.Page page(@Nullable String next, String... keys) {
    return new Listing.Page(
        Arrays.stream(keys).map(ListedObjectsTest::object).toList(), List.of(), next);
  }

  private static ListedObjects all(Listing listing, int concurrency, String... prefixes) {
    return new ListedObjects(
        listing,
        concurrency,
        Scope.merge(Stream.of(prefixes).map(prefix -> Target.Listed.below("b", prefix)).toList()),
        (_, object) -> object);
  }

  private static List<String> keys(ListedObjects source) throws Exception {
    List<String> keys = new ArrayList<>();
    for (Entry entry = source.next(); entry != null; entry = source.next()) {
      keys.add(((ObjectRef) entry).key());
    }
    return keys;
  }

  /// The pages a, b, c, b, c and so on.
  private static Listing.Page circle(Listing.Query query) {
    if (query.directories() || query.startAfter() != null) {
      return page(null);
    }
    return switch (query.token()) {
      case null -> page("b", "a");
      case "b" -> page("c", "b");
      default -> page("b", "c");
    };
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void aListingThatGoesInCirclesBreaksOff(int concurrency) throws Exception {
    try (ListedObjects source = all(ListedObjectsTest::circle, concurrency, "")) {
      assertThatThrownBy(() -> keys(source)).hasMessageContaining("returns to an earlier page");
      assertThat(source.next()).isNull();
      assertThat(source.listed()).isLessThan(10);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void aListingThatRepeatsPagesUnderNewTokensBreaksOff(int period) throws Exception {
    AtomicInteger pages = new AtomicInteger();
    Listing endless =
        query -> {
          int number = pages.incrementAndGet();
          return page("token " + number, "k" + number % period);
        };
    try (ListedObjects source = all(endless, 1, "")) {
      assertThatThrownBy(() -> keys(source)).hasMessageContaining("returns to an earlier page");
      assertThat(source.next()).isNull();
    }
  }

  /// Pages without a key, each with a token of its own, and then one with a key.
  private static Listing emptyFor(int pages) {
    AtomicInteger sent = new AtomicInteger();
    return _ -> {
      int number = sent.incrementAndGet();
      return number <= pages ? page("token " + number) : page(null, "k");
    };
  }

  @Test
  void manyEmptyPagesAreSteppedOver() throws Exception {
    try (ListedObjects source = all(emptyFor(EndCheck.MAX_EMPTY_PAGES - 1), 1, "")) {
      assertThat(keys(source)).containsExactly("k");
    }
  }

  @Test
  void emptyPagesWithoutAnEndBreakOff() throws Exception {
    try (ListedObjects source = all(emptyFor(EndCheck.MAX_EMPTY_PAGES), 1, "")) {
      assertThatThrownBy(() -> keys(source)).hasMessageContaining("10,000 pages");
      assertThat(source.next()).isNull();
    }
  }

  @Test
  void handsOutThePageWhileTheNextIsBeingFetched() throws Exception {
    CountDownLatch secondAsked = new CountDownLatch(1);
    CountDownLatch secondAnswers = new CountDownLatch(1);
    Listing listing =
        query -> {
          if (query.token() == null) {
            return page("more", "1", "2");
          }
          secondAsked.countDown();
          secondAnswers.await();
          return page(null, "3");
        };
    try (ListedObjects source = all(listing, 1, "")) {
      assertThat(source.next()).isEqualTo(object("1"));
      secondAsked.await();
      assertThat(source.next()).isEqualTo(object("2"));
      assertThat(source.listed()).isEqualTo(2);
      secondAnswers.countDown();
      assertThat(source.next()).isEqualTo(object("3"));
      assertThat(source.next()).isNull();
      assertThat(source.listed()).isEqualTo(3);
    }
  }

  @Test
  void fetchesFewPagesAhead() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    Listing listing =
        query -> {
          if (query.directories()) {
            return page(null);
          }
          int page = asked.incrementAndGet();
          return page("token" + page, "k%09d".formatted(page));
        };
    try (ListedObjects source = all(listing, 16, "")) {
      for (int taken = 1; taken <= 50; taken++) {
        source.next();
        assertThat(asked.get()).isLessThanOrEqualTo(taken + 6);
      }
    }
  }

  static Stream<Arguments> layouts() {
    return Stream.of(
        Arguments.of("one giant directory", IntStream.range(0, 3000).mapToObj("d/%09d"::formatted)),
        Arguments.of(
            "numbers without zeros in front", IntStream.range(0, 3000).mapToObj("d/%d"::formatted)),
        Arguments.of(
            "hashes", IntStream.range(0, 3000).mapToObj(i -> "d/%08x".formatted(i * 0x9E3779B1))),
        Arguments.of(
            "a directory for every object",
            IntStream.range(0, 3000).mapToObj("d/%05d/x"::formatted)),
        Arguments.of(
            "directories",
            IntStream.range(0, 3000).mapToObj(i -> "d/%03d/%05d".formatted(i / 50, i))),
        Arguments.of(
            "one deep directory",
            IntStream.range(0, 3000).mapToObj("d/a/b/c/d/e/f/g/%04d"::formatted)),
        Arguments.of(
            "a huge directory beside small ones",
            IntStream.range(0, 3000)
                .mapToObj(i -> (i % 100 == 0 ? "d/s%04d/x" : "d/m/%04d").formatted(i))),
        Arguments.of(
            "keys equal to a prefix and around it",
            IntStream.range(0, 500)
                .boxed()
                .flatMap(i ->
                    Stream.of("", "/", "!", "/a", "0", "/a/", "/\u0001", "/\uFFFD", "/😀")
                        .map("d/%03d".formatted(i)::concat))));
  }

  static Stream<Arguments> layoutsOfOddCharacters() {
    return Stream.of(
        Arguments.of(
            "directories of one odd character",
            IntStream.range(0x20, 0x700)
                .mapToObj(i -> "d/" + Character.toString(i * 29 % 0xD700 + 1) + "/" + i)),
        Arguments.of(
            "beyond the basic plane",
            IntStream.range(0, 1000)
                .mapToObj(i -> "d/" + Character.toString(i % 2 == 0 ? 0xE000 + i : 0x1F000 + i))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource({"layouts", "layoutsOfOddCharacters"})
  void everyKeyComesOnce(String name, Stream<String> layout) throws Exception {
    List<String> keys = layout.distinct().toList();
    for (int concurrency : new int[] {1, 2, 3, 16, 100}) {
      FakeListing listing = new FakeListing(10);
      keys.forEach(key -> listing.add("b", key, 1));
      listing.add("b", "c", 1).add("b", "d", 1).add("b", "e", 1);
      try (ListedObjects source = all(listing, concurrency, "d/")) {
        assertThat(keys(source))
            .as("%d at once", concurrency)
            .hasSameSizeAs(keys)
            .containsExactlyInAnyOrderElementsOf(keys);
      }
    }
  }

  /// @param formats of a thousand keys each
  private static FakeListing numbered(String... formats) {
    FakeListing listing = new FakeListing(10);
    for (String format : formats) {
      IntStream.range(0, 1000).forEach(i -> listing.add("b", format.formatted(i), 1));
    }
    return listing;
  }

  /// There surrogates sort before the last of the basic plane. A page begins with each of them, so
  /// that no page by itself tells.
  @Test
  void aStoreThatSortsByUtf16LosesNothing() throws Exception {
    FakeListing listing = new FakeListing(10, Comparator.naturalOrder());
    Stream.of("a", "😀", "\uFB00", "\uFB01")
        .flatMap(name -> IntStream.range(0, 500).mapToObj(i -> "d/%s/%03d".formatted(name, i)))
        .forEach(key -> listing.add("b", key, 1));
    CountDownLatch split = new CountDownLatch(1);
    Listing slow =
        query -> {
          if (query.token() != null && query.token().equals("d/a/049")) {
            split.await(); // what is ahead is looked at before it is listed
          }
          Listing.Page page = listing.page(query);
          if (query.directories()) {
            split.countDown();
          }
          return page;
        };
    try (ListedObjects source = all(slow, 16, "d/")) {
      assertThat(keys(source)).hasSize(2000).doesNotHaveDuplicates();
    }
  }

  @Test
  void aPrefixWithSuchCharactersIsListedInParallel() throws Exception {
    FakeListing listing = numbered("😀/%03d");
    CountDownLatch together = new CountDownLatch(4);
    Listing slow =
        query -> {
          if (query.token() != null) {
            together.await(); // or a fast listing would be over before it is divided
          } else if (query.startAfter() != null && !query.directories()) {
            together.countDown();
            together.await();
          }
          return listing.page(query);
        };
    try (ListedObjects source = all(slow, 16, "😀/")) {
      assertThat(keys(source)).hasSize(1000).doesNotHaveDuplicates();
    }
    assertThat(together.getCount()).isZero();
  }

  /// Some pages wait for the reader in threads of their own when another LIST of the scope fails.
  @RepeatedTest(20)
  void pagesThatWereListedBeforeAFailureAreReturned() throws Exception {
    FakeListing listing = numbered("d/%03d");
    CountDownLatch together = new CountDownLatch(8);
    CountDownLatch failing = new CountDownLatch(1);
    Set<String> answered = ConcurrentHashMap.newKeySet();
    Listing breaking =
        query -> {
          if (query.directories() || (query.token() == null && query.startAfter() == null)) {
            return listing.page(query);
          }
          boolean works = together.getCount() > 0;
          together.countDown();
          together.await();
          if (!works || query.token() != null) {
            failing.await();
            throw new SourceException(
                query.toString(), Failure.local(Failure.Kind.TRANSIENT, "Broken", "it broke"));
          }
          Listing.Page page = listing.page(query);
          page.objects().forEach(object -> answered.add(object.key()));
          return page;
        };
    Set<String> read = new HashSet<>();
    int problems = 0;
    try (ListedObjects source = all(breaking, 16, "d/")) {
      for (int i = 0; i < 11; i++) {
        read.add(((ObjectRef) Objects.requireNonNull(source.next())).key());
      }
      while (source.threadsThatWait() < 2) {
        Thread.onSpinWait();
      }
      failing.countDown();
      for (boolean more = true; more; ) {
        try {
          Entry entry = source.next();
          more = entry != null;
          if (entry instanceof ObjectRef object) {
            read.add(object.key());
          }
        } catch (SourceException _) {
          problems++;
        }
      }
    }
    assertThat(read).containsAll(answered);
    assertThat(problems).isEqualTo(1);
  }

  /// What is only a hint is not waited for.
  @Test
  void theEndOfAListingDoesNotWaitForALookAhead() throws Exception {
    FakeListing listing = numbered("d/%03d");
    CountDownLatch looking = new CountDownLatch(1);
    Listing stalled =
        query -> {
          if (query.directories()) {
            looking.countDown();
            new CountDownLatch(1).await();
          } else if (query.token() != null) {
            looking.await();
          }
          return listing.page(query);
        };
    try (ListedObjects source = all(stalled, 16, "d/")) {
      assertThat(keys(source)).hasSize(1000);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("layouts")
  void splitsWithoutManyRequests(String name, Stream<String> layout) throws Exception {
    List<String> keys = layout.distinct().toList();
    FakeListing listing = new FakeListing(10);
    keys.forEach(key -> listing.add("b", key, 1));
    try (ListedObjects source = all(listing, 16, "d/")) {
      keys(source);
    }
    assertThat(listing.requests).hasSizeLessThan(keys.size() / 10 * 3);
  }

  /// Nobody but the first gets objects before as many ask for them at once as are allowed to.
  @ParameterizedTest(name = "{0}")
  @MethodSource("layouts")
  void listsManyPartsAtOnce(String name, Stream<String> layout) throws Exception {
    FakeListing listing = new FakeListing(10);
    layout.forEach(key -> listing.add("b", key, 1));
    CountDownLatch together = new CountDownLatch(16);
    AtomicInteger underWay = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Listing slow =
        query -> {
          most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
          try {
            boolean first = query.token() == null && query.startAfter() == null;
            if (!first && !query.directories()) {
              together.countDown();
              together.await();
            }
            return listing.page(query);
          } finally {
            underWay.decrementAndGet();
          }
        };
    try (ListedObjects source = all(slow, 16, "d/")) {
      assertThat(keys(source)).hasSizeGreaterThan(1500);
    }
    assertThat(most).hasValue(16);
  }

  @Test
  void severalPrefixesAreListedAtOnce() throws Exception {
    CyclicBarrier together = new CyclicBarrier(5);
    Listing listing =
        query -> {
          try {
            together.await(30, TimeUnit.SECONDS);
          } catch (BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException("only some came", e);
          }
          return page(null, query.prefix() + "x");
        };
    try (ListedObjects source = all(listing, 5, "1/", "2/", "3/", "4/", "5/")) {
      assertThat(keys(source)).containsExactlyInAnyOrder("1/x", "2/x", "3/x", "4/x", "5/x");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 10})
  void aShortListingIsOneRequest(int objects) throws Exception {
    FakeListing listing = new FakeListing(10);
    IntStream.range(0, objects).forEach(i -> listing.add("b", "d/" + i, 1));
    try (ListedObjects source = all(listing, 16, "d/")) {
      assertThat(keys(source)).hasSize(objects);
    }
    assertThat(listing.requests).containsExactly("b/d/");
  }

  @Test
  void oneRequestAtATimeKeepsTheOrder() throws Exception {
    FakeListing listing = numbered("d/%03d");
    try (ListedObjects source = all(listing, 1, "d/")) {
      assertThat(keys(source)).hasSize(1000).isSorted();
    }
    assertThat(listing.requests).hasSize(100);
  }

  /// Some stores list in no order. Their pages are listed one after another.
  @Test
  void whatIsNotSortedIsNotSplit() throws Exception {
    List<String> tokens = Collections.synchronizedList(new ArrayList<>());
    Listing listing =
        query -> {
          int page = query.token() == null ? 0 : Integer.parseInt(query.token());
          tokens.add(query.toString() + page);
          return page(page == 49 ? null : "" + (page + 1), "z" + (99 - page), "a" + page);
        };
    try (ListedObjects source = all(listing, 16, "")) {
      assertThat(keys(source)).hasSize(100).doesNotHaveDuplicates();
    }
    assertThat(tokens).hasSize(50).doesNotHaveDuplicates();
  }

  /// A store that takes no notice of where a page is to start would be listed again and again.
  @Test
  void aStoreThatDoesNotStartWhereItIsToldIsNotBelieved() {
    FakeListing listing = numbered("d/%03d");
    CountDownLatch split = new CountDownLatch(1);
    Listing deaf =
        query -> {
          boolean part = query.startAfter() != null && !query.directories();
          if (part) {
            split.countDown();
          } else if (query.token() != null) {
            split.await();
          }
          return listing.page(
              new Listing.Query(
                  query.bucket(),
                  query.prefix(),
                  part ? null : query.startAfter(),
                  query.directories(),
                  query.token(),
                  query.maxKeys()));
        };
    List<String> keys = new ArrayList<>();
    try (ListedObjects source = all(deaf, 16, "d/")) {
      assertThatThrownBy(
              () -> {
                while (true) {
                  keys.add(((ObjectRef) Objects.requireNonNull(source.next())).key());
                }
              })
          .isInstanceOf(SourceException.class)
          .hasMessageContaining("does not list keys in order");
    }
    assertThat(keys).doesNotHaveDuplicates();
  }

  @Test
  void aScopeThatBreaksOffIsToldOnceAndTheOthersGoOn() throws Exception {
    FakeListing listing = numbered("d/%03d", "e/%03d");
    SourceException refused =
        new SourceException(
            "LIST s3://b/d/", Failure.local(Failure.Kind.DENIED, "AccessDenied", "access denied"));
    CountDownLatch broken = new CountDownLatch(1);
    Listing breaking =
        query -> {
          if (query.prefix().equals("d/") && !query.directories()) {
            if (query.startAfter() != null) {
              broken.countDown();
              throw refused;
            } else if (query.token() != null) {
              broken.await();
            }
          }
          return listing.page(query);
        };
    List<String> keys = new ArrayList<>();
    List<SourceException> problems = new ArrayList<>();
    try (ListedObjects source = all(breaking, 16, "d/", "e/")) {
      boolean more = true;
      while (more) {
        try {
          Entry entry = source.next();
          more = entry != null;
          if (entry instanceof ObjectRef found) {
            keys.add(found.key());
          }
        } catch (SourceException e) {
          problems.add(e);
        }
      }
    }
    assertThat(problems).containsExactly(refused);
    assertThat(keys).doesNotHaveDuplicates().contains("d/000", "e/000", "e/999");
    assertThat(keys.stream().filter(key -> key.startsWith("e/"))).hasSize(1000);
  }

  @Test
  void closingEndsWhatIsUnderWay() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch cut = new CountDownLatch(1);
    Listing listing =
        query -> {
          if (query.token() == null) {
            return page("more", "1");
          }
          asked.countDown();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            cut.countDown();
            throw e;
          }
          return page(null);
        };
    ListedObjects source = all(listing, 1, "");
    source.next();
    asked.await();
    source.close();
    cut.await();
  }
}
