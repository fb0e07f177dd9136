package io.github.lotaprestage.run;

import io.github.lotaprestage.object.Chosen;
import io.github.lotaprestage.object.RunEvent.Round;
import io.github.lotaprestage.plan.Plan;
import io.github.lotaprestage.plan.target.Target;
import io.github.lotaprestage.report.Console;
import io.github.lotaprestage.resolve.checkpoint.LatestCheckpoints;
import io.github.lotaprestage.source.Resolver;
import io.github.lotaprestage.source.StoredCheckpoints;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// `--latest` in one run, if it was asked for.
final class Newest {

  private static final int MAX_SAID = 10_000;

  private final StoredCheckpoints store;

  /// The checkpoints that were chosen in this round and are known to be complete.
  private final Set<Target> complete = new HashSet<>();

  /// Those of them that are staged.
  private final Set<Target> settled = new HashSet<>();

  private final Optional<LatestCheckpoints> checkpoints;

  /// @param console gets the reasons for the choice
  Newest(Plan plan, StoredCheckpoints store, Console console) {
    this.store = store;
    Consumer<String> sayChoice = text -> console.message(Console.Level.INFO, text);
    Consumer<String> warn = text -> console.message(Console.Level.WARN, text);
    Set<String> said = ConcurrentHashMap.newKeySet();
    this.checkpoints =
        plan.latest()
            .map(latest ->
                new LatestCheckpoints(
                    latest, store, onceEach(said, sayChoice), onceEach(said, warn)));
  }

  /// A watch makes the same choice again and again.
  private static Consumer<String> onceEach(Set<String> said, Consumer<String> say) {
    return text -> {
      if (said.size() >= MAX_SAID) {
        said.clear();
      }
      if (said.add(text)) {
        say.accept(text);
      }
    };
  }

  Resolver resolver() {
    return checkpoints
        .<Resolver>map(newest -> target -> unsettled(newest, newest.resolve(target)))
        .orElse(Resolver.AS_GIVEN);
  }

  private synchronized List<Target> unsettled(LatestCheckpoints newest, List<Target> targets) {
    targets.stream().filter(newest::isProven).forEach(complete::add);
    return targets.stream().filter(target -> !settled.contains(target)).toList();
  }

  /// A round of a watch is over. Complete checkpoints do not change, so those that were staged in
  /// it are not listed again.
  synchronized void ended(Round round) {
    if (round.problem() == null) {
      settled.retainAll(complete);
      if (round.failed() == 0) {
        settled.addAll(complete);
      }
      store.settle(settled.stream().map(Target::toString).collect(Collectors.toSet()));
    }
    complete.clear();
  }

  /// The checkpoints that were chosen; null if the run stages whole prefixes.
  @Nullable List<Chosen> chosen() {
    return checkpoints.map(LatestCheckpoints::chosen).orElse(null);
  }

  long metadataReads() {
    return store.reads();
  }
}
