package io.github.lotaprestage.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.lotaprestage.fixture.Cli;
import io.github.lotaprestage.fixture.Fault;
import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.MemoryOrigin;
import io.github.lotaprestage.fixture.MemoryOrigin.Stored;
import io.github.lotaprestage.fixture.Request;
import io.github.lotaprestage.fixture.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The arguments of each manifest stage what it is for.
@Timeout(120)
class ManifestRunsTest {

  private final MemoryOrigin origin =
      new MemoryOrigin()
          .put("bucket", "ckpt/run-7/step-1/.metadata", 1)
          .put("bucket", "ckpt/run-7/step-1/__0_0.distcp", 1);
  private final AtomicInteger listings = new AtomicInteger();
  private volatile IntConsumer signals = _ -> {};
  private final LotaEmulator lota;

  @TempDir private Path directory;

  ManifestRunsTest() {
    for (int i = 0; i < 50; i++) {
      origin.put("bucket", "datasets/imagenet/%02d.tar".formatted(i), 1);
      origin.put(
          "bucket",
          "datasets/daily/%02d.tar".formatted(i),
          new Stored(1, "application/x-tar", Instant.now(), "STANDARD"));
    }
    lota = LotaEmulator.before(origin).faults(this::fault).start();
  }

  /// SIGTERM before a listing long after the first round of a watch.
  private Fault fault(Request request, String bucket, String key, int attempt) {
    if (request.method().equals("GET") && key.isEmpty() && listings.incrementAndGet() == 50) {
      signals.accept(15);
    }
    return Fault.NONE;
  }

  @AfterEach
  void stop() {
    lota.close();
  }

  static Stream<Container> whole() throws IOException {
    return ManifestsTest.programs().stream()
        .filter(container -> !container.watches() && !container.merges())
        .filter(container -> container.args().stream().noneMatch(arg -> arg.startsWith("--shard")));
  }

  /// Runs it with `parameters`, which are pairs of text and replacement, on the bucket of the test.
  private Result run(Cli cli, Container container, String... parameters) {
    Stream<String> args = container.args().stream();
    for (int i = 0; i < parameters.length; i += 2) {
      String from = parameters[i];
      String to = parameters[i + 1];
      args = args.map(arg -> arg.replace(from, to));
    }
    return cli.run(
        args.map(arg ->
                arg.replace("s3://my-bucket/", "s3://bucket/")
                    .replace("=/dev/termination-log", "=" + directory.resolve("message"))
                    .replace("=/journal/", "=" + directory + "/"))
            .toList());
  }

  @ParameterizedTest
  @MethodSource("whole")
  void itStages(Container container) {
    run(Cli.at(lota), container).exits(0).prestaged(50);
    assertThat(directory.resolve("message")).content().contains("\"exit_code\":0");
  }

  @Test
  void theDeploymentStagesCheckpointsUntilItIsStopped() throws IOException {
    Container container =
        Manifest.of("deployment-watch-checkpoints.yaml", "Deployment").programs().getFirst();
    run(Cli.at(lota).signals(handler -> signals = handler), container, "--watch=1m", "--watch=1ms")
        .exits(143)
        .prestaged(2);
    assertThat(directory.resolve("message")).content().contains("\"exit_code\":143");
    assertThat(directory.resolve("checkpoints.ndjson"))
        .content()
        .contains("step-1/.metadata", "step-1/__0_0.distcp");
  }

  static Stream<Manifest> indexedJobs() throws IOException {
    return Stream.of(
        Manifest.of("indexed-job-on-several-nodes.yaml", "Job"),
        Manifest.of("indexed-job-with-shard-bounds.yaml", "Job"));
  }

  @ParameterizedTest
  @MethodSource("indexedJobs")
  void theIndexesOfTheJobStageEachKeyOnce(Manifest job) {
    Container container = job.programs().getFirst();
    int completions = container.around("completions", 0);
    assertThat(container.option("--shards")).contains(String.valueOf(completions));
    boolean bounded = container.option("--shard-bounds").isPresent();
    if (bounded) { // the command of the comment
      Cli.at(lota)
          .run(
              "-n -q --shards %d --write-shard-bounds".formatted(completions),
              directory.resolve("bounds.json"),
              "s3://bucket/datasets/imagenet/")
          .exits(0);
    }
    for (int index = 0; index < completions; index++) {
      run(
              Cli.at(lota).env("JOB_COMPLETION_INDEX", String.valueOf(index)),
              container,
              "=/bounds/",
              "=" + directory + "/")
          .exits(0)
          .summary("shard.index", index)
          .summary("listed", listed -> listed.isBetween(10L, bounded ? 15L : 50L));
    }
    assertThat(lota.seen().successes()).hasSize(50);
    assertThat(lota.seen().rangedHeads()).isEqualTo(50);
  }

  @Test
  void theBoundsComeFromTheCommandOfTheComment() throws IOException {
    Container container =
        Manifest.of("indexed-job-with-shard-bounds.yaml", "Job").programs().getFirst();
    assertThat(Path.of("docs/kubernetes/indexed-job-with-shard-bounds.yaml"))
        .content()
        .contains(
            "-n -q --shards %s --write-shard-bounds bounds.json "
                .formatted(container.option("--shards").orElseThrow()),
            "kubectl create configmap shard-bounds --from-file=bounds.json");
    assertThat(container.option("--shard-bounds")).contains("/bounds/bounds.json");
    assertThat(container.spec().get("volumeMounts").toString())
        .contains("\"name\":\"bounds\"", "\"mountPath\":\"/bounds\"");
    assertThat(container.around("volumes").orElseThrow().toString())
        .contains("{\"name\":\"bounds\",\"configMap\":{\"name\":\"shard-bounds\"}}");
  }

  @ParameterizedTest
  @MethodSource("indexedJobs")
  void thePodsOfTheJobAreSpreadOverNodes(Manifest job) {
    JsonObject spread =
        job.programs()
            .getFirst()
            .around("topologySpreadConstraints")
            .orElseThrow()
            .getAsJsonArray()
            .get(0)
            .getAsJsonObject();
    assertThat(spread.get("topologyKey").getAsString()).isEqualTo("kubernetes.io/hostname");
    assertThat(at(spread, "labelSelector", "matchLabels").get("batch.kubernetes.io/job-name"))
        .isEqualTo(at(job.document(), "metadata").get("name"));
  }

  @Test
  void theStepsOfTheWorkflowStageEachKeyOnce() throws IOException {
    Manifest workflow = Manifest.of("argo-workflow-in-shards.yaml", "Workflow");
    JsonObject spec = at(workflow.document(), "spec");
    JsonObject shards = array(at(spec, "arguments"), "parameters").get(0).getAsJsonObject();
    assertThat(shards.get("name").getAsString()).isEqualTo("shards");
    JsonObject step = tasks(spec).get(0).getAsJsonObject();
    assertThat(at(step, "withSequence").get("count").getAsString())
        .isEqualTo("{{workflow.parameters.shards}}");
    assertThat(array(at(step, "arguments"), "parameters").toString())
        .isEqualTo("[{\"name\":\"shard\",\"value\":\"{{item}}\"}]");
    String count = shards.get("value").getAsString();
    for (int item = 0; item < Integer.parseInt(count); item++) {
      run(
              Cli.at(lota),
              workflow.programs().getFirst(),
              "{{inputs.parameters.shard}}",
              String.valueOf(item),
              "{{workflow.parameters.shards}}",
              count)
          .exits(0);
    }
    assertThat(lota.seen().successes()).hasSize(50);
    assertThat(lota.seen().rangedHeads()).isEqualTo(50);
  }

  @Test
  void theStepsOfTheWorkflowWithBoundsStageEachKeyOnce() throws IOException {
    Manifest workflow = Manifest.of("argo-workflow-with-shard-bounds.yaml", "Workflow");
    JsonObject spec = at(workflow.document(), "spec");
    List<Container> steps = workflow.programs();
    String[] files = {
      "{{workflow.parameters.shards}}",
      "4",
      "=/work/",
      "=" + directory + "/",
      "=/bounds/",
      "=" + directory + "/",
      "=/summaries/",
      "=" + directory + "/"
    };
    run(Cli.at(lota), steps.get(0), files).exits(0);
    assertThat(lota.seen().rangedHeads()).isZero();
    List<String> summaries = new ArrayList<>();
    for (int item = 0; item < 4; item++) {
      String[] replaced = Arrays.copyOf(files, files.length + 2);
      replaced[files.length] = "{{inputs.parameters.shard}}";
      replaced[files.length + 1] = String.valueOf(item);
      run(Cli.at(lota), steps.get(1), replaced)
          .exits(0)
          .summary("listed", listed -> listed.isBetween(10L, 15L));
      summaries.add(Files.readString(directory.resolve("message")).strip());
    }
    Files.writeString(directory.resolve("summaries.json"), summaries.toString());
    run(Cli.bare(), steps.get(2), files).exits(0).prestaged(50).summary("shards.count", 4);
    assertThat(lota.seen().successes()).hasSize(50);
    assertThat(lota.seen().rangedHeads()).isEqualTo(50);

    assertThat(tasks(spec).get(1).getAsJsonObject().get("arguments").toString())
        .contains(
            "{\"name\":\"shard\",\"value\":\"{{item}}\"}",
            "{\"name\":\"bounds\",\"value\":\"{{tasks.find-bounds.outputs.parameters.bounds}}\"}");
    assertThat(tasks(spec).get(2).getAsJsonObject().get("arguments").toString())
        .contains("\"value\":\"{{tasks.prestage.outputs.parameters.summary}}\"");
    assertThat(steps.get(0).around("outputs").orElseThrow().toString())
        .contains("{\"name\":\"bounds\",\"valueFrom\":{\"path\":\"/work/bounds.json\"}}");
    assertThat(steps.get(1).around("outputs").orElseThrow().toString())
        .contains("{\"name\":\"summary\",\"valueFrom\":{\"path\":\"/dev/termination-log\"}}");
    assertThat(steps.get(1).around("inputs").orElseThrow().toString())
        .contains(
            "\"path\":\"/bounds/bounds.json\",\"raw\":{\"data\":\"{{inputs.parameters.bounds}}\"}");
    assertThat(steps.get(2).around("inputs").orElseThrow().toString())
        .contains(
            "\"path\":\"/summaries/summaries.json\",\"raw\":{\"data\":\"{{inputs.parameters.summaries}}\"}");
  }

  /// Each task of a workflow starts when the one before it has succeeded, and training is the last.
  @ParameterizedTest
  @MethodSource("workflows")
  void eachStepWaitsForTheOneBefore(Manifest workflow) {
    JsonObject spec = at(workflow.document(), "spec");
    JsonObject first = array(spec, "templates").get(0).getAsJsonObject();
    assertThat(spec.get("entrypoint")).isEqualTo(first.get("name"));
    List<JsonObject> tasks =
        tasks(spec).asList().stream().map(JsonElement::getAsJsonObject).toList();
    for (int i = 1; i < tasks.size(); i++) {
      assertThat(tasks.get(i).get("depends").getAsString())
          .isEqualTo(tasks.get(i - 1).get("name").getAsString() + ".Succeeded");
    }
    assertThat(tasks.getFirst().has("depends")).isFalse();
    assertThat(tasks.getLast().get("name").getAsString()).isEqualTo("train");
  }

  static Stream<Manifest> workflows() throws IOException {
    return Manifest.all().stream().filter(manifest -> manifest.kind().equals("Workflow"));
  }

  @Test
  void trainingWaitsForStaging() throws IOException {
    JsonObject runtime =
        Manifest.of("kubeflow-training-runtime.yaml", "TrainingRuntime").document();
    JsonArray jobs = array(at(runtime, "spec", "template", "spec"), "replicatedJobs");
    JsonObject node = jobs.get(1).getAsJsonObject();
    assertThat(node.getAsJsonArray("dependsOn").toString())
        .isEqualTo("[{\"name\":\"dataset-initializer\",\"status\":\"Complete\"}]");
    assertThat(at(jobs.get(0).getAsJsonObject()).get("name").getAsString())
        .isEqualTo("dataset-initializer");
  }

  @Test
  void theTrainJobUsesTheRuntime() throws IOException {
    String file = "kubeflow-training-runtime.yaml";
    assertThat(at(Manifest.of(file, "TrainJob").document(), "spec", "runtimeRef").get("name"))
        .isEqualTo(at(Manifest.of(file, "TrainingRuntime").document(), "metadata").get("name"));
  }

  private static JsonArray tasks(JsonObject spec) {
    return array(at(array(spec, "templates").get(0).getAsJsonObject(), "dag"), "tasks");
  }

  private static JsonArray array(JsonObject object, String field) {
    return object.getAsJsonArray(field);
  }

  private static JsonObject at(JsonObject object, String... path) {
    JsonObject current = object;
    for (String field : path) {
      current = current.getAsJsonObject(field);
    }
    return current;
  }
}
