package io.github.lotaprestage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.plan.Plan;
import io.github.lotaprestage.plan.Target;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class PlanFactoryTest {

  @Test
  void withoutOptionsThePlanHasTheDefaultsOfItsRecords() {
    TargetOptions what = new TargetOptions();
    FilterOptions which = new FilterOptions();
    RunOptions how = new RunOptions();
    ConnectionOptions where = new ConnectionOptions();
    DisplayOptions display = new DisplayOptions();
    CommandSpec spec = CommandSpec.create();
    Stream.of(what, which, how, where, display).forEach(set -> set.addTo(spec));
    CommandLine commandLine = new CommandLine(spec);
    commandLine.parseArgs("s3://bucket/key");
    assertThat(new PlanFactory(commandLine).plan(what, which, how, where, display))
        .isEqualTo(Plan.builder().targets(List.of(new Target.Key("bucket", "key"))).build());
  }
}
