package io.github.lotaprestage.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.lotaprestage.fixture.Fault;
import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.MemoryOrigin;
import io.github.lotaprestage.fixture.MemoryOrigin.Stored;
import io.github.lotaprestage.fixture.Result;
import io.github.lotaprestage.fixture.TestStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Runs the commands of the documentation as they are printed there.
@Timeout(120)
class RecipesIT {

  /// The program, and programs that are not here, under their names.
  private static final String PREPARE =
      "cd \"$1\"; mkdir bin; printf '#!/bin/sh\\nexec \"%s\" \"$@\"\\n' \"$0\" > bin/lota-prestage;"
          + " chmod +x bin/lota-prestage; PATH=\"$1/bin:$PATH\";"
          + " list-my-shards() { printf 'imagenet/1.tar\\ns3://data/imagenet/2.tar\\n'; };"
          + " kubectl() { echo Picked up; lota-prestage -v -o json s3://data/imagenet/ 2>&1; }; ";

  private final MemoryOrigin origin =
      new MemoryOrigin()
          .put("models", "llama/model-00001.safetensors", 9)
          .text(
              "models",
              "llama/model.safetensors.index.json",
              "{\"weight_map\":{\"w\":\"model-00001.safetensors\"}}")
          .put("ckpt", "run-7/step-900/.metadata", 1)
          .put("ckpt", "run-7/step-900/optimizer.distcp", 1)
          .put("ckpt", "run-7/step-1000/optimizer.distcp", 1)
          .put("ckpt", "mine/2026-11-25/DONE", 1)
          .put("ckpt", "mine/2026-11-26/part", 1)
          .put("data", "imagenet/labels.json", 3)
          .put("data", "imagenet/train/1", 1)
          .put("data", "imagenet/val/1", 1)
          .put("data", "imagenet/1.tar", 1)
          .put("data", "imagenet/2.tar", new Stored(5 << 20, "tar", Instant.now(), "STANDARD"));

  RecipesIT() {
    for (int i = 0; i < 1024; i++) {
      origin.put("data", "laion/shard-%06d.tar".formatted(i), 1);
    }
  }

  /// The shell commands of all documents. A recipe ends with an empty line.
  static Stream<String> recipes() throws IOException {
    return blocks("sh")
        .flatMap(block -> Stream.of(block.split("\n\n", -1)))
        .filter(recipe -> recipe.contains("lota-prestage ") || recipe.contains("kubectl logs"));
  }

  /// The blocks of all documents that are marked with a language.
  private static Stream<String> blocks(String language) throws IOException {
    List<String> blocks = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of("docs"))) {
      for (Path file :
          Stream.concat(Stream.of(Path.of("README.md")), files)
              .filter(path -> path.toString().endsWith(".md"))
              .toList()) {
        String[] parts = Files.readString(file).split("(?m)^```", -1);
        for (int i = 1; i < parts.length; i += 2) {
          if (parts[i].startsWith(language + "\n")) {
            blocks.add(parts[i].substring(language.length() + 1));
          }
        }
      }
    }
    return blocks.stream();
  }

  private Result run(String recipe, LotaEmulator lota, Path directory)
      throws IOException, InterruptedException {
    assumeTrue(
        !recipe.contains("jq ") || Files.isExecutable(Path.of("/usr/bin/jq")),
        "SKIPPED: /usr/bin/jq is missing (apt-get install jq), so its recipes were not tried");
    Program program = Program.at(lota);
    if (recipe.contains("#SBATCH")) {
      program
          .env("SLURM_ARRAY_TASK_ID", "1")
          .env("SLURM_ARRAY_TASK_MIN", "0")
          .env("SLURM_ARRAY_TASK_MAX", "3")
          .env("SLURM_ARRAY_TASK_STEP", "1")
          .env("SLURM_ARRAY_TASK_COUNT", "4");
    }
    return program
        .env("LOTA_PRESTAGE_PATH_STYLE", "true")
        .env("LOTA_PRESTAGE_MAX_DURATION", recipe.contains("--watch") ? "3s" : "")
        .shell(
            PREPARE + recipe.replace("http://minio:9000", lota.endpoint().toString()), directory);
  }

  private LotaEmulator lota(Fault.Plan faults) {
    return LotaEmulator.before(origin)
        .allowPathStyle()
        .credentials(TestStore.ACCESS_KEY, TestStore.SECRET_KEY)
        .faults(faults)
        .start();
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void theCommandWorks(String recipe, @TempDir Path directory) throws Exception {
    try (LotaEmulator lota = lota((_, _, _, _) -> Fault.NONE)) {
      run(recipe, lota, directory).exits(0).err(err -> err.doesNotContain("rror"));
    }
  }

  private LotaEmulator refusing(String end) {
    return lota((request, _, key, _) ->
        request.method().equals("HEAD") && key.endsWith(end)
            ? Fault.status(403, "AccessDenied")
            : Fault.NONE);
  }

  @Test
  void theRecipeForFailuresNamesThemAndNothingElse(@TempDir Path directory) throws Exception {
    String recipe = recipes().filter(text -> text.contains("\"failed\"")).findFirst().orElseThrow();
    try (LotaEmulator lota = refusing("2.tar")) {
      run(recipe, lota, directory).out(out -> out.matches("imagenet/2\\.tar\\t\\w+\\n"));
    }
  }

  @Test
  void theRecipeForPipelinesKeepsTheExitCode(@TempDir Path directory) throws Exception {
    String recipe = recipes().filter(text -> text.contains("pipefail")).findFirst().orElseThrow();
    try (LotaEmulator lota = refusing("2.tar")) {
      run(recipe, lota, directory).exits(1);
    }
  }

  @Test
  void theRecipesForTheLogOfAJobSkipOtherLines(@TempDir Path directory) throws Exception {
    String recipe =
        recipes().filter(text -> text.contains("summary\") | .status")).toList().getFirst();
    try (LotaEmulator lota = refusing("2.tar")) {
      run(recipe, lota, directory).out("failed\n");
    }
  }

  @ParameterizedTest
  @CsvSource({"none, 0, 0", "2.tar, 1, 1"})
  void thePythonCodeCountsFailures(String refused, int code, int failures, @TempDir Path directory)
      throws Exception {
    require("python3");
    String python = blocks("python").findFirst().orElseThrow();
    Files.writeString(directory.resolve("recipe.py"), python);
    try (LotaEmulator lota = refusing(refused)) {
      run("python3 recipe.py", lota, directory)
          .exits(code)
          .out(out -> out.hasLineCount(1 + failures));
    }
  }

  @ParameterizedTest
  @CsvSource({"none, 0, true", "2.tar, 2, false"})
  void theMakefileKeepsTheSummaryOfASuccess(
      String refused, int code, boolean kept, @TempDir Path directory) throws Exception {
    require("make");
    String make = blocks("make").findFirst().orElseThrow();
    Files.writeString(directory.resolve("Makefile"), make);
    Files.writeString(directory.resolve("train.py"), "print('training')");
    try (LotaEmulator lota = refusing(refused)) {
      run("make", lota, directory).exits(code);
    }
    assertThat(Files.exists(directory.resolve("staged.json"))).isEqualTo(kept);
  }

  private static void require(String program) {
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin", program)),
        "SKIPPED: /usr/bin/" + program + " is missing, so its recipe was not tried");
  }
}
