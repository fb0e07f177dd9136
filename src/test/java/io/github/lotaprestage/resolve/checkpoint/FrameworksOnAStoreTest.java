package io.github.lotaprestage.resolve.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Cli;
import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.Result;
import io.github.lotaprestage.fixture.S3ProxyServer;
import io.github.lotaprestage.fixture.TestStore;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The directories of `FrameworksTest` on a real store behind LOTA, with the whole command. Those
/// in which the time of an object decides are left out, because a store sets it.
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FrameworksOnAStoreTest {

  private final TestStore store = new S3ProxyServer();
  private final LotaEmulator lota =
      LotaEmulator.before(store.origin())
          .credentials(TestStore.ACCESS_KEY, TestStore.SECRET_KEY)
          .start();
  private int directories;

  @BeforeAll
  void fill() {
    store.createBucket("bucket");
  }

  @AfterAll
  void stop() {
    lota.close();
    store.close();
  }

  static Stream<FrameworksTest.Case> cases() {
    return FrameworksTest.cases().filter(each -> !each.tree().hasTimes());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theNewestIsPlannedAndNothingElse(FrameworksTest.Case each) {
    String root = "case-" + directories++ + "/";
    each.tree()
        .forEach((key, text) ->
            store.put(
                "bucket",
                root + key,
                (text.isEmpty() ? "x" : text).getBytes(StandardCharsets.UTF_8),
                "application/octet-stream"));
    String run = "s3://bucket/" + root + "run/";
    Result result = Cli.at(lota).json("-n --latest 1", run);
    if (each.newest().isEmpty()) {
      result.exits(4).planned(0);
      return;
    }
    String newest = each.newest().getFirst();
    result.exits(0);
    assertThat(result.summary().get("chosen").valueStream())
        .extracting(chosen -> chosen.get("target").asString() + chosen.get("child").asString())
        .containsExactly(run + newest);
    String start = newest.replaceFirst("\\*.*", "");
    assertThat(result.objects("key"))
        .isEqualTo(keys(each.tree(), start).map(root::concat).toList());
  }

  /// Those of a directory, of an object, or of all ranks.
  private static Stream<String> keys(Tree tree, String start) {
    Stream.Builder<String> keys = Stream.builder();
    tree.forEach((key, _) -> {
      boolean rank = start.endsWith("-rank") && key.startsWith("run/" + start);
      if (rank || key.equals("run/" + start) || key.startsWith("run/" + start + "/")) {
        keys.add(key);
      }
    });
    return keys.build();
  }
}
