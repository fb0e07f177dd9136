package io.github.lotaprestage.source.listing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.object.Entry;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.SourceException;
import io.github.lotaprestage.plan.target.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class OrderedListingTest {

  private final FakeListing listing = new FakeListing(5);
  private final List<SourceException> problems = new ArrayList<>();

  private static List<Scope> scopes(String... uris) {
    return Scope.merge(
        Stream.of(uris)
            .map(uri -> uri.split("/", 2))
            .map(parts -> Target.Listed.below(parts[0], parts[1]))
            .toList());
  }

  private static OrderedListing of(Listing listing, int concurrency, String... uris) {
    return new OrderedListing(listing, concurrency, scopes(uris), (_, object) -> object);
  }

  private List<String> keys(OrderedListing source) throws InterruptedException {
    List<String> keys = new ArrayList<>();
    while (true) {
      try {
        Entry entry = source.next();
        if (entry == null) {
          source.close();
          return keys;
        }
        keys.add(((ObjectRef) entry).key());
      } catch (SourceException e) {
        problems.add(e);
      }
    }
  }

  /// Requests of random length, so that pages never come in their order by themselves.
  private static Listing jittered(Listing listing) {
    Random random = new Random(7);
    return query -> {
      Thread.sleep(random.nextInt(3));
      return listing.page(query);
    };
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 16, 200})
  void keysComeInTheirOrderAtAnyConcurrency(int concurrency) throws Exception {
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      expected.add("p/%02d/%05d".formatted(i / 100, i));
      listing.add("b", expected.getLast(), 1);
    }
    assertThat(keys(of(jittered(listing), concurrency, "b/p/"))).isEqualTo(expected);
  }

  @Test
  void oneScopeComesAfterAnother() throws Exception {
    List<String> expected = new ArrayList<>();
    for (String prefix : List.of("x/", "a/", "m/")) {
      IntStream.range(0, 300)
          .mapToObj(i -> prefix + "%03d".formatted(i))
          .forEach(key -> {
            listing.add("b", key, 1);
            expected.add(key);
          });
    }
    assertThat(keys(of(jittered(listing), 8, "b/x/", "b/a/", "b/m/"))).isEqualTo(expected);
  }

  @Test
  void aScopeThatBreaksOffIsReportedOnceAndTheOthersGoOn() throws Exception {
    listing.add("b", "p/1", 1).add("b", "q/1", 1);
    assertThat(keys(of(listing, 4, "b/p/", "broken/x", "b/q/"))).containsExactly("p/1", "q/1");
    assertThat(problems).hasSize(1);
  }

  @Test
  void aReaderThatIsAwayIsNotListedFarAheadOf() throws Exception {
    AtomicInteger pages = new AtomicInteger();
    Listing endless =
        query -> {
          if (query.directories()) {
            return new Listing.Page(List.of(), List.of(), null);
          }
          pages.incrementAndGet();
          String after = query.token() == null ? "0" : query.token();
          String key = query.prefix() + "%09d".formatted(Integer.parseInt(after));
          return new Listing.Page(
              List.of(ObjectRef.named("b", key)),
              List.of(),
              Integer.toString(Integer.parseInt(after) + 1));
        };
    String[] many = IntStream.range(0, 1000).mapToObj("b/%04d/"::formatted).toArray(String[]::new);
    try (OrderedListing source = of(endless, 16, many)) {
      for (int i = 0; i < 500; i++) {
        assertThat(source.next()).isEqualTo(ObjectRef.named("b", "0000/%09d".formatted(i)));
      }
      assertThat(pages.get()).isLessThan(500 + OrderedListing.MAX_PAGES + 3);
    }
  }

  @Test
  void whatTheReaderNeedsNextIsListedByManyRequestsAtOnce() throws Exception {
    IntStream.range(0, 5000).forEach(i -> listing.add("b", "flat/%06d".formatted(i), 1));
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Listing counted =
        query -> {
          most.accumulateAndGet(now.incrementAndGet(), Math::max);
          try {
            Thread.sleep(1);
            return listing.page(query);
          } finally {
            now.decrementAndGet();
          }
        };
    assertThat(keys(of(counted, 16, "b/flat/"))).hasSize(5000).isSorted();
    assertThat(most.get()).isBetween(5, 16);
  }

  /// While its listing waits for the reader, no request is in flight, but a search for keys to
  /// split at would be a request that nobody needs.
  @Test
  void oneRequestAtATimeSendsNoOthers() throws Exception {
    IntStream.range(0, 100).forEach(i -> listing.add("b", "p/%03d".formatted(i), 1));
    List<Thread> listers = new CopyOnWriteArrayList<>();
    Listing watched =
        query -> {
          listers.add(Thread.currentThread());
          return listing.page(query);
        };
    OrderedListing source = of(watched, 1, "b/p/");
    assertThat(source.next()).isNotNull();
    while (listers.size() < 4 || listers.getLast().getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    assertThat(keys(source)).hasSize(99);
    assertThat(listing.requests).hasSize(20).noneMatch(query -> query.contains("directories"));
  }
}
