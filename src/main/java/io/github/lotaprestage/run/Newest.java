package io.github.lotaprestage.run;

import io.github.lotaprestage.object.Chosen;
import io.github.lotaprestage.plan.OutputOptions;
import io.github.lotaprestage.plan.Plan;
import io.github.lotaprestage.report.Console;
import io.github.lotaprestage.resolve.checkpoint.LatestCheckpoints;
import io.github.lotaprestage.source.Resolver;
import io.github.lotaprestage.source.StoredCheckpoints;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// `--latest` in one run, if it was asked for.
final class Newest {

  private final StoredCheckpoints store;
  private final Optional<LatestCheckpoints> checkpoints;

  /// @param console gets the reasons for the choice
  Newest(Plan plan, StoredCheckpoints store, Console console) {
    this.store = store;
    boolean silent = plan.output().detail() == OutputOptions.Detail.FAILURES;
    Consumer<String> sayChoice =
        silent ? _ -> {} : text -> console.message(Console.Level.INFO, text);
    Consumer<String> warn = text -> console.message(Console.Level.WARN, text);
    this.checkpoints =
        plan.latest().map(latest -> new LatestCheckpoints(latest, store, sayChoice, warn));
  }

  Resolver resolver() {
    return checkpoints.<Resolver>map(newest -> newest::resolve).orElse(Resolver.AS_GIVEN);
  }

  /// The checkpoints that were chosen; null if the run stages whole prefixes.
  @Nullable List<Chosen> chosen() {
    return checkpoints.map(LatestCheckpoints::chosen).orElse(null);
  }

  long metadataReads() {
    return store.reads();
  }
}
