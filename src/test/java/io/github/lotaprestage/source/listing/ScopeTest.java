package io.github.lotaprestage.source.listing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.plan.Filters;
import io.github.lotaprestage.plan.target.Glob;
import io.github.lotaprestage.plan.target.Target;
import io.github.lotaprestage.source.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ScopeTest {

  private static List<Target.Listed> below(String... prefixes) {
    return Stream.of(prefixes).map(prefix -> Target.Listed.below("b", prefix)).toList();
  }

  private static List<String> prefixes(List<Scope> scopes) {
    return scopes.stream().map(Scope::prefix).toList();
  }

  @Test
  void scopesStandInTheOrderOfTheirFirstTarget() {
    assertThat(prefixes(Scope.merge(below("z/", "a/b/", "m", "a/", "a/c", "z/y", "z/"))))
        .containsExactly("z/", "a/", "m");
    assertThat(prefixes(Scope.merge(below("a", "a/", "a-", "a!", "ab")))).containsExactly("a");
    assertThat(prefixes(Scope.merge(below("a/", "a-", "a!", "ab"))))
        .containsExactly("a/", "a-", "a!", "ab");
    assertThat(prefixes(Scope.merge(below("x/", "")))).containsExactly("");
  }

  @Test
  void bucketsAreKeptApart() {
    List<Scope> scopes =
        Scope.merge(
            List.of(
                Target.Listed.below("b2", "a/x"),
                Target.Listed.below("b1", "a/"),
                Target.Listed.below("b2", "a/")));
    assertThat(scopes).extracting(Scope::bucket).containsExactly("b2", "b1");
    assertThat(prefixes(scopes)).containsExactly("a/", "a/");
  }

  /// Against the plain rule: a key belongs to the first target that covers it.
  @Test
  void theIndexFindsWhatALookAtAllTargetsFinds() {
    Random random = new Random(11);
    Selection selection = new Selection(Filters.NONE);
    for (int round = 0; round < 300; round++) {
      List<Target.Listed> targets = new ArrayList<>();
      for (int i = random.nextInt(1, 12); i > 0; i--) {
        String prefix = text(random, 5);
        targets.add(
            random.nextInt(3) == 0
                ? new Target.Listed("b", prefix, Optional.of(new Glob(prefix + "*a")))
                : Target.Listed.below("b", prefix));
      }
      List<Scope> scopes = Scope.merge(targets);
      for (int i = 0; i < 50; i++) {
        String key = text(random, 8);
        List<Target.Listed> found =
            scopes.stream()
                .filter(scope -> key.startsWith(scope.prefix()))
                .map(scope -> selection.first(ObjectRef.named("b", key), scope.targets()))
                .filter(Objects::nonNull)
                .toList();
        assertThat(found)
            .as("%s in %s", key, targets)
            .isEqualTo(targets.stream().filter(target -> target.covers(key)).limit(1).toList());
      }
    }
  }

  private static String text(Random random, int longest) {
    return random
        .ints(random.nextInt(longest + 1), 0, 4)
        .mapToObj(i -> List.of("a", "b", "/", "\ud83d\ude00").get(i))
        .reduce("", String::concat);
  }

  @Test
  @Timeout(10)
  void aHundredThousandPrefixesTakeNoTime() {
    List<Target.Listed> targets =
        IntStream.range(0, 100_000)
            .mapToObj(i -> Target.Listed.below("b", "data/" + i + "/"))
            .toList();
    assertThat(Scope.merge(targets)).hasSize(100_000);
    List<Target.Listed> nested = new ArrayList<>(targets);
    nested.add(Target.Listed.below("b", "data/"));
    List<Scope> one = Scope.merge(nested);
    assertThat(prefixes(one)).containsExactly("data/");
    Selection selection = new Selection(Filters.NONE);
    for (int i = 0; i < 100_000; i++) {
      assertThat(
              selection.first(ObjectRef.named("b", "data/" + i + "/k"), one.getFirst().targets()))
          .isEqualTo(targets.get(i));
    }
  }
}
