package io.github.lotaprestage.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lotaprestage.object.Entry;
import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.ObjectSource;
import io.github.lotaprestage.object.SourceException;
import io.github.lotaprestage.plan.Filters;
import io.github.lotaprestage.plan.Limits;
import io.github.lotaprestage.plan.Plan;
import io.github.lotaprestage.plan.target.Glob;
import io.github.lotaprestage.plan.target.KeyList;
import io.github.lotaprestage.plan.target.Target;
import io.github.lotaprestage.source.listing.FakeListing;
import io.github.lotaprestage.source.lists.KeyListObjects;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SourcesTest {

  private final FakeListing listing = new FakeListing();
  private final List<Target> targets = new ArrayList<>();
  private final List<KeyList> lists = new ArrayList<>();
  private final List<SourceException> problems = new ArrayList<>();
  private Filters filters = Filters.NONE;
  private String standardInput = "";
  private boolean dryRun;
  private Resolver resolver = Resolver.AS_GIVEN;
  private int listConcurrency = 4;

  private List<String> select() throws IOException, InterruptedException {
    return entries().stream()
        .map(entry ->
            switch (entry) {
              case ObjectRef object -> object.bucket() + "/" + object.key();
              case Entry.BadLine line -> "bad: " + line.problem();
            })
        .toList();
  }

  private List<Entry> entries() throws IOException, InterruptedException {
    Plan plan =
        Plan.builder()
            .targets(targets)
            .keyLists(lists)
            .filters(filters)
            .limits(Limits.builder().listConcurrency(listConcurrency).build())
            .largestFirst(false)
            .dryRun(dryRun)
            .build();
    List<Entry> found = new ArrayList<>();
    try (ObjectSource source =
        new Sources(
                plan,
                resolver,
                listing,
                (_, _) -> InputStream.nullInputStream(),
                new ByteArrayInputStream(standardInput.getBytes(StandardCharsets.UTF_8)),
                false)
            .open()) {
      while (true) {
        try {
          Entry entry = source.next();
          if (entry == null) {
            return found;
          }
          found.add(entry);
        } catch (SourceException e) {
          problems.add(e);
        }
      }
    }
  }

  private static Filters include(List<String> include, List<String> exclude) {
    return Filters.builder()
        .include(include.stream().map(Glob::new).toList())
        .exclude(exclude.stream().map(Glob::new).toList())
        .build();
  }

  private static Filters sizes(long min, long max) {
    return Filters.builder().minSize(min).maxSize(max).build();
  }

  @Test
  void listsAllPagesOfAPrefix() throws Exception {
    for (int i = 0; i < 10; i++) {
      listing.add("b", "p/" + i, 1);
    }
    listing.add("b", "q/0", 1).add("other", "p/0", 1);
    targets.add(Target.Listed.below("b", "p/"));
    listConcurrency = 1; // with more, another thread may look for parts to list
    assertThat(select())
        .hasSize(10)
        .doesNotHaveDuplicates()
        .allMatch(key -> key.startsWith("b/p/"));
    assertThat(listing.requests).hasSize(4);
  }

  @Test
  void overlappingPrefixesAreListedOnce() throws Exception {
    listing.add("b", "a/b/1", 1).add("b", "a/2", 1).add("b", "ab", 1);
    targets.add(Target.Listed.below("b", "a/b/"));
    targets.add(Target.Listed.below("b", "a/"));
    targets.add(Target.Listed.below("b", "a"));
    assertThat(select()).containsExactlyInAnyOrder("b/a/b/1", "b/a/2", "b/ab");
    assertThat(listing.requests).containsExactly("b/a");
  }

  @Test
  void overlappingTargetsEachKeepTheirOwnBaseForFilters() throws Exception {
    listing.add("b", "a/x/keep", 1).add("b", "a/keep", 1).add("b", "a/x/drop", 1);
    targets.add(Target.Listed.below("b", "a/"));
    targets.add(Target.Listed.below("b", "a/x/"));
    filters = include(List.of("keep"), List.of());
    assertThat(select()).containsExactlyInAnyOrder("b/a/x/keep", "b/a/keep");
  }

  @Test
  void wildcardsSelectWithinTheirPrefix() throws Exception {
    listing.add("b", "d/1.tar", 1).add("b", "d/x/2.tar", 1).add("b", "d/3.txt", 1);
    targets.add(new Target.Listed("b", "d/", Optional.of(new Glob("d/*.tar"))));
    assertThat(select()).containsExactlyInAnyOrder("b/d/1.tar", "b/d/x/2.tar");
  }

  @Test
  void excludeWinsOverInclude() throws Exception {
    listing.add("b", "p/1.tar", 1).add("b", "p/tmp-2.tar", 1).add("b", "p/3.txt", 1);
    targets.add(Target.Listed.below("b", "p/"));
    filters = include(List.of("*.tar"), List.of("tmp-*"));
    assertThat(select()).containsExactly("b/p/1.tar");
  }

  @Test
  void sizesAreInclusive() throws Exception {
    listing.add("b", "1", 1).add("b", "2", 2).add("b", "3", 3).add("b", "4", 4);
    targets.add(Target.Listed.below("b", ""));
    filters = sizes(2, 3);
    assertThat(select()).containsExactly("b/2", "b/3");
  }

  @Test
  void agesAndStorageClasses() throws Exception {
    Instant now = Instant.parse("2026-03-01T00:00:00Z");
    listing.add(new ObjectRef("b", "old", 1L, null, now.minusSeconds(9), "STANDARD"));
    listing.add(new ObjectRef("b", "new", 1L, null, now.plusSeconds(9), "STANDARD"));
    listing.add(new ObjectRef("b", "cold", 1L, null, now.plusSeconds(9), "STANDARD_IA"));
    listing.add(new ObjectRef("b", "newest", 1L, null, now.plusSeconds(99), "STANDARD"));
    targets.add(Target.Listed.below("b", ""));
    filters =
        Filters.builder()
            .newerThan(now)
            .olderThan(now.plusSeconds(50))
            .storageClasses(Set.of("STANDARD"))
            .build();
    assertThat(select()).containsExactly("b/new");
  }

  @Test
  void namedKeysNeedNoListing() throws Exception {
    targets.add(new Target.Key("b", "k"));
    assertThat(select()).containsExactly("b/k");
    assertThat(listing.requests).isEmpty();
  }

  @Test
  void aNamedKeyBelowAListedPrefixComesOnce() throws Exception {
    listing.add("b", "p/1", 1).add("b", "p/2", 1);
    targets.add(new Target.Key("b", "p/1"));
    targets.add(Target.Listed.below("b", "p/"));
    assertThat(select()).containsExactly("b/p/1", "b/p/2");
  }

  @Test
  void aNamedKeyThatFiltersDropIsStillThereForItsPrefix() throws Exception {
    listing.add("b", "p/1", 1);
    targets.add(new Target.Key("b", "p/1"));
    targets.add(Target.Listed.below("b", "p/"));
    filters = include(List.of("1"), List.of());
    assertThat(select()).containsExactly("b/p/1");
  }

  @Test
  void filtersOnSizeLookNamedKeysUp() throws Exception {
    listing.add("b", "big", 100).add("b", "small", 1).add("b", "bigger", 100);
    targets.add(new Target.Key("b", "big"));
    targets.add(new Target.Key("b", "small"));
    targets.add(new Target.Key("b", "missing"));
    filters = sizes(50, 500);
    assertThat(select()).containsExactly("b/big", "b/missing");
  }

  @Test
  void dryRunsKnowTheSizesOfNamedKeys() throws Exception {
    listing.add("b", "k", 7);
    targets.add(new Target.Key("b", "k"));
    targets.add(new Target.Key("b", "gone"));
    dryRun = true;
    assertThat(entries()).extracting(entry -> ((ObjectRef) entry).size()).containsExactly(7L, null);
  }

  @Test
  void aBrokenListingDoesNotTakeTheOthersWithIt() throws Exception {
    listing.add("b", "p/1", 1);
    targets.add(Target.Listed.below("broken", "x/"));
    targets.add(Target.Listed.below("b", "p/"));
    assertThat(select()).containsExactly("b/p/1");
    assertThat(problems)
        .singleElement()
        .extracting(SourceException::operation)
        .isEqualTo("LIST s3://broken/x/");
  }

  @Test
  void readsKeysAndUrisFromALine() throws Exception {
    standardInput = "a key\n\n  \ns3://other/x/y\n s3://not-a-uri\nlast";
    lists.add(new KeyList("-", Optional.of(Target.Listed.below("b", "")), KeyList.Format.KEYS));
    assertThat(select())
        .containsExactly("b/a key", "b/  ", "other/x/y", "b/ s3://not-a-uri", "b/last");
  }

  @Test
  void linesAreLiteral() throws Exception {
    standardInput = "a*b?\nx%2Fy\nprefix/\nends-in-cr\r\n";
    lists.add(new KeyList("-", Optional.of(Target.Listed.below("b", "")), KeyList.Format.KEYS));
    assertThat(select()).containsExactly("b/a*b?", "b/x%2Fy", "b/prefix/", "b/ends-in-cr");
  }

  @Test
  void nulSeparatedKeysMayHoldLineEnds() throws Exception {
    standardInput = "one\ntwo\0\0three";
    lists.add(
        new KeyList("-", Optional.of(Target.Listed.below("b", "")), KeyList.Format.KEYS_WITH_NUL));
    assertThat(select()).containsExactly("b/one\ntwo", "b/three");
  }

  @Test
  void badLinesAreToldWithTheirNumberAndTheRestGoesOn() throws Exception {
    standardInput =
        "bare\ns3://abc\ns3://abc/\ns3://Bad_Bucket/k\n" + "x".repeat(5000) + "\ns3://abc/k";
    lists.add(new KeyList("-", Optional.empty(), KeyList.Format.KEYS));
    List<String> selected = select();
    assertThat(selected).hasSize(6);
    assertThat(selected.get(0))
        .startsWith("bad: line 1 of standard input is a key without a bucket");
    assertThat(selected.get(1)).isEqualTo("bad: line 2 of standard input names no key");
    assertThat(selected.get(2)).isEqualTo("bad: line 3 of standard input names no key");
    assertThat(selected.get(3)).contains("line 4", "Bad_Bucket");
    assertThat(selected.get(4)).contains("line 5", "longer than");
    assertThat(selected.get(5)).isEqualTo("abc/k");
  }

  @Test
  void linesThatAreNotUtf8AreBad() throws Exception {
    lists.add(new KeyList("-", Optional.of(Target.Listed.below("b", "")), KeyList.Format.KEYS));
    byte[] latin1 = {'a', (byte) 0xFC, '\n', 'k'};
    KeyListObjects source =
        new KeyListObjects(
            lists.getFirst(), () -> new ByteArrayInputStream(latin1), _ -> Optional.empty());
    assertThat(source.next()).isInstanceOf(Entry.BadLine.class);
    assertThat(source.next()).isEqualTo(ObjectRef.named("b", "k"));
    assertThat(source.listed()).isEqualTo(2);
    source.close();
  }

  @Test
  void aListThatCannotBeReadToItsEndIsToldOnce() throws Exception {
    KeyListObjects source =
        new KeyListObjects(
            new KeyList("keys", Optional.of(Target.Listed.below("b", "")), KeyList.Format.KEYS),
            () -> {
              throw new IOException("disk gone");
            },
            _ -> Optional.empty());
    assertThatThrownBy(source::next)
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("disk gone");
    assertThat(source.next()).isNull();
    source.close();
  }

  @Test
  void lookUpsThatFailAreToldOnce() throws Exception {
    targets.add(new Target.Key("broken", "k1"));
    targets.add(new Target.Key("broken", "k2"));
    targets.add(Target.Listed.below("b", "p/"));
    listing.add("b", "p/1", 1);
    dryRun = true;
    assertThat(select()).containsExactly("b/p/1");
    assertThat(problems).hasSize(1);
  }

  @Test
  void aTargetBecomesWhatItsResolverFinds() throws Exception {
    listing.add("b", "run/1/a", 1);
    listing.add("b", "run/2/a", 1);
    listing.add("b", "run/last.ckpt", 1);
    targets.add(new Target.Key("b", "named"));
    targets.add(Target.Listed.below("b", "run/"));
    resolver =
        target ->
            List.of(
                Target.Listed.below("b", target.prefix() + "2/"),
                new Target.Key("b", "named"),
                new Target.Key("b", "run/last.ckpt"));
    assertThat(select()).containsExactly("b/named", "b/run/last.ckpt", "b/run/2/a");
  }

  @Test
  void aTargetThatCannotBeResolvedDoesNotKeepTheOthers() throws Exception {
    listing.add("b", "q/1", 1);
    targets.add(Target.Listed.below("b", "p/"));
    targets.add(Target.Listed.below("b", "q/"));
    resolver =
        target -> {
          if (target.prefix().equals("p/")) {
            throw new SourceException(
                "LIST p/", Failure.local(Failure.Kind.DENIED, "AccessDenied", "no"));
          }
          return List.of(target);
        };
    assertThat(select()).containsExactly("b/q/1");
    assertThat(problems).hasSize(1);
  }
}
