package io.github.lotaprestage.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Cli;
import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.MemoryOrigin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// The examples for Kubernetes are parsed strictly, and their arguments by the command itself.
class KubernetesExamplesTest {

  private static Map<?, ?> load(String file) throws IOException {
    LoaderOptions strict = new LoaderOptions();
    strict.setAllowDuplicateKeys(false);
    Object document =
        new Yaml(new SafeConstructor(strict))
            .load(Files.readString(Path.of("docs/kubernetes").resolve(file)));
    return (Map<?, ?>) document;
  }

  private static Object at(Object node, Object... path) {
    Object current = node;
    for (Object step : path) {
      Object next =
          step instanceof Integer index
              ? ((List<?>) current).get(index)
              : ((Map<?, ?>) current).get(step);
      assertThat(next).as("%s in %s", step, current).isNotNull();
      current = java.util.Objects.requireNonNull(next);
    }
    return current;
  }

  private static void checkContainer(Object container) {
    assertThat(at(container, "command")).isEqualTo(List.of("lota-prestage"));
    List<?> args = (List<?>) at(container, "args");
    MemoryOrigin origin = new MemoryOrigin().put("bucket", "datasets/imagenet/a.tar", 1);
    try (LotaEmulator lota = LotaEmulator.before(origin).start()) {
      Cli.at(lota)
          .run(args.stream().map(arg -> arg.toString().replace("my-bucket", "bucket")).toList())
          .silent()
          .exits(0)
          .prestaged(1);
    }
    List<?> env = (List<?>) at(container, "env");
    assertThat(env.stream().map(variable -> at(variable, "name")).toList())
        .isEqualTo(List.of("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"));
    for (Object variable : env) {
      Object secret = at(variable, "valueFrom", "secretKeyRef");
      assertThat(at(secret, "name")).isEqualTo("storage-credentials");
      assertThat(at(secret, "key")).isEqualTo(at(variable, "name"));
    }
  }

  @Test
  void theJobRunsTheCommand() throws IOException {
    Map<?, ?> job = load("job-prestage-training-data.yaml");
    assertThat(at(job, "apiVersion")).isEqualTo("batch/v1");
    assertThat(at(job, "kind")).isEqualTo("Job");
    assertThat(at(job, "spec", "template", "spec", "restartPolicy")).isEqualTo("Never");
    checkContainer(at(job, "spec", "template", "spec", "containers", 0));
  }

  @Test
  void theDeploymentWatchesForCheckpoints() throws IOException {
    Map<?, ?> deployment = load("deployment-watch-checkpoints.yaml");
    assertThat(at(deployment, "apiVersion")).isEqualTo("apps/v1");
    assertThat(at(deployment, "spec", "strategy", "type")).isEqualTo("Recreate");
    assertThat(at(deployment, "spec", "selector", "matchLabels"))
        .isEqualTo(at(deployment, "spec", "template", "metadata", "labels"));
    List<String> args =
        Stream.concat(
                ((List<?>) at(deployment, "spec", "template", "spec", "containers", 0, "args"))
                    .stream().map(arg -> arg.toString().replace("my-bucket", "bucket")),
                Stream.of("--max-duration=10s"))
            .toList();
    MemoryOrigin origin =
        new MemoryOrigin()
            .put("bucket", "ckpt/run-7/step-1/.metadata", 1)
            .put("bucket", "ckpt/run-7/step-1/__0_0.distcp", 1);
    try (LotaEmulator lota = LotaEmulator.before(origin).start()) {
      Cli.at(lota).run(args).exits(0).prestaged(2);
    }
  }

  @Test
  void trainingWaitsForStaging() throws IOException {
    Map<?, ?> workflow = load("argo-workflow-prestage-then-train.yaml");
    assertThat(at(workflow, "kind")).isEqualTo("Workflow");
    Object templates = at(workflow, "spec", "templates");
    assertThat(at(workflow, "spec", "entrypoint")).isEqualTo(at(templates, 0, "name"));
    assertThat(at(templates, 0, "dag", "tasks", 1, "depends")).isEqualTo("prestage.Succeeded");
    assertThat(at(templates, 0, "dag", "tasks", 0, "name")).isEqualTo("prestage");
    checkContainer(at(templates, 1, "container"));
  }
}
