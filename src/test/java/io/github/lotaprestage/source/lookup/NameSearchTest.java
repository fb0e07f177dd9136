package io.github.lotaprestage.source.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.SourceException;
import io.github.lotaprestage.source.listing.FakeListing;
import io.github.lotaprestage.source.listing.Listing;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NameSearchTest {

  private static final String BUCKET = "b";

  private final FakeListing store = new FakeListing(1000);

  @Test
  void aThousandNeighboursShareOneList() throws Exception {
    List<String> keys = shards(0, 1000);
    keys.forEach(key -> store.add(BUCKET, key, key.length()));
    assertThat(found(store, keys)).isEqualTo(keys);
    assertThat(store.requests).hasSize(1);
  }

  /// Stores send empty pages while they step over deleted objects.
  @Test
  void anEmptyPageThatIsNotTheLastHidesNoName() throws Exception {
    store.add(BUCKET, "k", 7);
    Listing deletedFirst =
        query ->
            query.token() == null
                ? new Listing.Page(List.of(), List.of(), "token")
                : store.page(
                    new Listing.Query(BUCKET, query.prefix(), null, false, null, query.maxKeys()));
    assertThat(found(deletedFirst, List.of("k"))).containsExactly("k");
  }

  @Test
  void keysThatAreNotNamedDoNotMatter() throws Exception {
    shards(0, 5000).forEach(key -> store.add(BUCKET, key, 1));
    List<String> named = List.of("shard-004321.tar", "shard-000017.tar", "shard-0043210.tar");
    assertThat(found(store, named)).containsExactly("shard-004321.tar", "shard-000017.tar");
  }

  @Test
  void namesThatAreFarApartNeedNoMoreListsThanOneEach() throws Exception {
    shards(0, 100_000).forEach(key -> store.add(BUCKET, key, 1));
    List<String> named = IntStream.range(0, 50).mapToObj(i -> shard(i * 2000)).toList();
    assertThat(found(store, named)).isEqualTo(named);
    assertThat(store.requests).hasSizeLessThanOrEqualTo(50);
  }

  @Test
  void aDirectoryBelowANameDoesNotHideIt() throws Exception {
    store.add(BUCKET, "x", 1).add(BUCKET, "x0", 1).add(BUCKET, "x1", 1);
    shards(0, 3000).forEach(key -> store.add(BUCKET, "x/" + key, 1));
    assertThat(found(store, List.of("x1", "x0", "x"))).containsExactly("x1", "x0", "x");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10, 1000})
  void everyNameIsFoundWhateverTheKeysAre(int pageSize) throws Exception {
    Random random = new Random(7);
    for (int round = 0; round < 60; round++) {
      FakeListing listing = new FakeListing(pageSize);
      List<String> there = new ArrayList<>();
      List<String> named = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        String key = randomKey(random);
        boolean exists = random.nextBoolean();
        if (exists && !there.contains(key)) {
          there.add(key);
          listing.add(BUCKET, key, 1);
        }
        if (random.nextInt(3) > 0) {
          named.add(key);
        }
      }
      Collections.shuffle(named, random);
      assertThat(found(listing, named)).isEqualTo(named.stream().filter(there::contains).toList());
      assertThat(listing.requests).hasSizeLessThanOrEqualTo(2 * named.size());
    }
  }

  @Test
  void aStoreThatIgnoresStartAfterIsAskedForEachName() throws Exception {
    shards(0, 3000).forEach(key -> store.add(BUCKET, key, 1));
    Listing ignoring =
        query ->
            store.page(
                new Listing.Query(
                    query.bucket(), query.prefix(), null, false, null, query.maxKeys()));
    List<String> named = List.of("shard-000001.tar", "shard-002900.tar");
    assertThat(found(ignoring, named)).isEqualTo(named);
  }

  @Test
  void aStoreThatDeniesSharedPrefixesIsAskedForEachName() throws Exception {
    shards(0, 10).forEach(key -> store.add(BUCKET, key, 1));
    Listing denying =
        query -> {
          if (!query.prefix().endsWith(".tar")) {
            throw new SourceException(
                query.toString(),
                Failure.local(Failure.Kind.DENIED, "AccessDenied", "only whole keys"));
          }
          return store.page(query);
        };
    assertThat(found(denying, shards(0, 10))).isEqualTo(shards(0, 10));
  }

  @Test
  void aFailureReachesEveryNameItConcerns() {
    NameSearch.Name name = NameSearch.Name.of(ObjectRef.named("broken", "k"));
    NameSearch.Name other = NameSearch.Name.of(ObjectRef.named("broken", "k2"));
    try (NameSearch search = new NameSearch(store, 2)) {
      search.start(List.of(name, other));
      for (NameSearch.Name each : List.of(name, other)) {
        assertThatThrownBy(() -> each.result().get())
            .isInstanceOf(ExecutionException.class)
            .hasCauseInstanceOf(SourceException.class);
      }
    }
  }

  /// The keys of those names that exist, in the order of the names.
  private static List<String> found(Listing listing, List<String> keys) throws Exception {
    List<NameSearch.Name> names =
        keys.stream().map(key -> NameSearch.Name.of(ObjectRef.named(BUCKET, key))).toList();
    List<String> found = new ArrayList<>();
    try (NameSearch search = new NameSearch(listing, 4)) {
      search.start(names);
      for (NameSearch.Name name : names) {
        ObjectRef object = name.result().get();
        assertThat(object.key()).isEqualTo(name.named().key());
        if (object.size() != null) {
          found.add(object.key());
        }
      }
    }
    return found;
  }

  private static List<String> shards(int from, int to) {
    return IntStream.range(from, to).mapToObj(NameSearchTest::shard).toList();
  }

  private static String shard(int number) {
    return "shard-%06d.tar".formatted(number);
  }

  private static String randomKey(Random random) {
    int[] letters = {'a', 'b', '/', '0', '1', 0xD7FF, 0xE000, 0xFFFD, 0x1F600, 1};
    StringBuilder key = new StringBuilder();
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      key.appendCodePoint(letters[random.nextInt(letters.length)]);
    }
    return key.toString();
  }
}
