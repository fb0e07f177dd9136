package io.github.lotaprestage.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.plan.braces.BraceExpression;
import io.github.lotaprestage.plan.target.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NamedTargetsTest {

  private static Target.Named target(String key) {
    return BraceExpression.parse(key)
        .<Target.Named>map(braces -> new Target.Keys("bucket", braces))
        .orElseGet(() -> new Target.Key("bucket", key));
  }

  private static NamedTargets targets(String... keys) {
    return new NamedTargets(Stream.of(keys).map(NamedTargetsTest::target).toList());
  }

  private static List<String> all(NamedTargets targets) {
    List<String> keys = new ArrayList<>();
    for (NamedTargets.Name name = targets.next(); name != null; name = targets.next()) {
      keys.add(name.key().key());
    }
    return keys;
  }

  @Test
  void keepsTheOrder() {
    assertThat(all(targets("z", "a{3..1}", "b"))).containsExactly("z", "a3", "a2", "a1", "b");
    assertThat(all(targets())).isEmpty();
  }

  @Test
  void namesEachKeyOnce() {
    assertThat(all(targets("a2", "a{1..3}", "a3", "{a,b}{1,3,3}", "b3", "c")))
        .containsExactly("a2", "a1", "a3", "b1", "b3", "c");
    assertThat(
            all(
                new NamedTargets(
                    List.of(
                        target("a{1,2}"),
                        new Target.Key("other", "a1"),
                        new Target.Keys("other", BraceExpression.parse("a{1,2}").orElseThrow())))))
        .containsExactly("a1", "a2", "a1", "a2");
  }

  @Test
  void knowsWhatItNamesBeforeItIsExpanded() {
    NamedTargets targets = targets("k", "shard-{000000000..999999999}.tar");
    assertThat(targets.contains("bucket", "k")).isTrue();
    assertThat(targets.contains("bucket", "shard-012345678.tar")).isTrue();
    assertThat(targets.contains("bucket", "shard-12345678.tar")).isFalse();
    assertThat(targets.contains("other", "k")).isFalse();
    assertThat(targets.contains("other", "shard-012345678.tar")).isFalse();
  }
}
