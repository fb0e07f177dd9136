package io.github.lotaprestage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.cli.options.Options;
import io.github.lotaprestage.plan.Plan;
import io.github.lotaprestage.plan.target.Target;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class PlanFactoryTest {

  @Test
  void withoutOptionsThePlanHasTheDefaultsOfItsRecords() {
    Options options = new Options();
    CommandSpec spec = CommandSpec.create();
    options.sets().forEach(set -> set.addTo(spec));
    CommandLine commandLine = new CommandLine(spec);
    commandLine.parseArgs("s3://bucket/key");
    PlanFactory factory = new PlanFactory(commandLine, Map.of());
    assertThat(factory.plan(options, factory.files(options)))
        .usingRecursiveComparison()
        .isEqualTo(Plan.builder().targets(List.of(new Target.Key("bucket", "key"))).build());
  }
}
