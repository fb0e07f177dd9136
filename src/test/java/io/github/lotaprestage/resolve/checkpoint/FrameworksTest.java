package io.github.lotaprestage.resolve.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.plan.Latest;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Directories of each framework: what its loader would load is chosen, except that an incomplete
/// newest checkpoint never is. Each case names the file of the framework that has the rule.
class FrameworksTest {

  /// @param where the file with the rule
  /// @param newest what is expected, the newest first; empty if nothing is complete
  record Case(Latest.Layout layout, String what, String where, Tree tree, List<String> newest) {}

  private static Case of(
      Latest.Layout layout, String what, String where, Tree tree, String... newest) {
    return new Case(layout, what, where, tree, List.of(newest));
  }

  private static final String MEGATRON = "Megatron-LM megatron/training/checkpointing.py";
  private static final String BRIDGE =
      "Megatron-Bridge src/megatron/bridge/training/utils/checkpoint_utils.py";
  private static final String DEEPSPEED = "DeepSpeed deepspeed/runtime/engine.py";
  private static final String VERL = "verl verl/utils/checkpoint/checkpoint_manager.py";
  private static final String NANOTRON = "nanotron src/nanotron/serialize/main.py";
  private static final String TRANSFORMERS = "transformers src/transformers/trainer_utils.py";
  private static final String ACCELERATE = "accelerate src/accelerate/accelerator.py";
  private static final String RAY = "Ray python/ray/train";
  private static final String TORCHTITAN = "torchtitan torchtitan/components/checkpointer/dcp.py";
  private static final String TORCHTUNE = "torchtune torchtune/training/checkpointing/_utils.py";
  private static final String ORBAX = "Orbax checkpoint/orbax/checkpoint/_src/path/step.py";
  private static final String ORBAX_ATOMICITY =
      "Orbax checkpoint/orbax/checkpoint/_src/path/atomicity.py";
  private static final String LEVANTER = "Levanter src/levanter/checkpoint.py";
  private static final String OLMO = "OLMo-core src/olmo_core/train/checkpoint.py";
  private static final String COMPOSER = "Composer composer/callbacks/checkpoint_saver.py";
  private static final String NEMO_RL = "NeMo-RL nemo_rl/utils/checkpoint.py";
  private static final String NEMO = "NeMo nemo/lightning/resume.py";
  private static final String NEMO_MARKER =
      "NeMo nemo/lightning/pytorch/callbacks/model_checkpoint.py";
  private static final String LIGHTNING =
      "Lightning src/lightning/pytorch/callbacks/model_checkpoint.py";
  private static final String LIGHTNING_HPC =
      "Lightning src/lightning/pytorch/trainer/connectors/checkpoint_connector.py";
  private static final String LIGHTNING_SHARDED =
      "Lightning src/lightning/fabric/strategies/fsdp.py";

  private static Tree megatron(String tracker) {
    return megatron()
        .text("run/latest_checkpointed_iteration.txt", tracker)
        .and("run/progress.txt", "run/tensorboard/events.out.tfevents.1");
  }

  private static Tree megatron() {
    return Tree.of(
        "run/iter_0000500/metadata.json",
        "run/iter_0000500/__0_0.distcp",
        "run/iter_0000500/.metadata",
        "run/iter_0001000/metadata.json",
        "run/iter_0001000/__0_0.distcp",
        "run/iter_0001000/.metadata");
  }

  private static Stream<Case> megatronCases() {
    Latest.Layout it = Latest.Layout.MEGATRON;
    String unfinished = "run/iter_0001500/__0_0.distcp";
    return Stream.of(
        of(it, "complete", MEGATRON, megatron("1000"), "iter_0001000", "iter_0000500"),
        of(it, "a rolled back run", MEGATRON, megatron("500"), "iter_0000500"),
        of(
            it,
            "in progress",
            MEGATRON,
            megatron("1000\n").and(unfinished),
            "iter_0001000",
            "iter_0000500"),
        of(
            it,
            "in progress, without a tracker",
            MEGATRON,
            megatron().and("run/iter_0001500/common.pt"),
            "iter_0001000",
            "iter_0000500"),
        of(
            it,
            "the tracker is ahead of metadata.json",
            MEGATRON,
            megatron("1500").and("run/iter_0001500/.metadata", unfinished),
            "iter_0001000",
            "iter_0000500"),
        of(
            it,
            "the tracker is ahead of the directory",
            MEGATRON,
            megatron("1500"),
            "iter_0001000",
            "iter_0000500"),
        of(
            it,
            "a release",
            MEGATRON,
            megatron("release").and("run/release/metadata.json"),
            "release"),
        of(
            it,
            "the format of old versions",
            MEGATRON,
            Tree.of(
                    "run/iter_0000500/mp_rank_00/model_optim_rng.pt",
                    "run/iter_0001000/mp_rank_00/model_optim_rng.pt",
                    "run/iter_0001500/mp_rank_00/model_optim_rng.pt")
                .text("run/latest_checkpointed_iteration.txt", "1000"),
            "iter_0001000",
            "iter_0000500"));
  }

  private static Stream<Case> megatronBridgeCases() {
    Tree tree =
        Tree.of(
            "run/latest_train_state.pt",
            "run/iter_0000500/.metadata",
            "run/iter_0000500/train_state.pt",
            "run/iter_0001000/.metadata",
            "run/iter_0001000/train_state.pt",
            "run/iter_0001500/.metadata");
    return Stream.of(
        of(
            Latest.Layout.MEGATRON_BRIDGE,
            "in progress",
            BRIDGE,
            tree,
            "iter_0001000",
            "iter_0000500"));
  }

  private static Tree deepspeed() {
    return Tree.of(
        "run/zero_to_fp32.py",
        "run/global_step900/mp_rank_00_model_states.pt",
        "run/global_step1000/mp_rank_00_model_states.pt",
        "run/global_step1100/zero_pp_rank_0_mp_rank_00_optim_states.pt");
  }

  private static Stream<Case> trackerCases() {
    return Stream.of(
        of(
            Latest.Layout.DEEPSPEED,
            "in progress",
            DEEPSPEED,
            deepspeed().text("run/latest", "global_step1000"),
            "global_step1000",
            "global_step900"),
        of(
            Latest.Layout.DEEPSPEED,
            "a universal checkpoint beside it",
            DEEPSPEED,
            deepspeed()
                .and("run/global_step1000_universal/zero/a.pt")
                .text("run/latest", "global_step1000")
                .text("run/latest_universal", "global_step1000_universal"),
            "global_step1000",
            "global_step900"),
        of(
            Latest.Layout.DEEPSPEED,
            "tags of one's own",
            DEEPSPEED,
            Tree.of("run/best/a.pt", "run/final/a.pt").text("run/latest", "best"),
            "best"),
        of(
            Latest.Layout.VERL,
            "in progress",
            VERL,
            Tree.of(
                    "run/global_step_90/actor/a.pt",
                    "run/global_step_100/actor/a.pt",
                    "run/global_step_110/actor/a.pt")
                .text("run/latest_checkpointed_iteration.txt", "100"),
            "global_step_100",
            "global_step_90"),
        of(
            Latest.Layout.VERL,
            "saved without a tracker",
            VERL,
            Tree.of("run/global_step_90/actor/a.pt", "run/global_step_100/actor/a.pt"),
            "global_step_100",
            "global_step_90"),
        of(
            Latest.Layout.NANOTRON,
            "in progress",
            NANOTRON,
            Tree.of("run/90/model/a", "run/100/model/a", "run/110/model/a")
                .text("run/latest.txt", "100"),
            "100",
            "90"));
  }

  private static Stream<Case> numberCases() {
    return Stream.of(
        of(
            Latest.Layout.TRANSFORMERS,
            "in progress",
            TRANSFORMERS,
            Tree.of(
                "run/config.json",
                "run/runs/Nov25_12-00-00/events",
                "run/checkpoint-500/trainer_state.json",
                "run/checkpoint-500/model.safetensors",
                "run/checkpoint-900/trainer_state.json",
                "run/checkpoint-1000/trainer_state.json",
                "run/checkpoint-1500/model.safetensors",
                "run/tmp-checkpoint-2000/model.safetensors"),
            "checkpoint-1000",
            "checkpoint-900"),
        of(
            Latest.Layout.TRANSFORMERS,
            "half deleted",
            TRANSFORMERS,
            Tree.of(
                "run/checkpoint-500/optimizer.pt",
                "run/checkpoint-1000/trainer_state.json",
                "run/checkpoint-1500/model.safetensors"),
            "checkpoint-1000"),
        of(
            Latest.Layout.TRANSFORMERS,
            "parts are missing",
            TRANSFORMERS,
            Tree.of(
                "run/checkpoint-500/trainer_state.json",
                "run/checkpoint-500/model-00001-of-00002.safetensors",
                "run/checkpoint-500/model-00002-of-00002.safetensors",
                "run/checkpoint-1000/trainer_state.json",
                "run/checkpoint-1000/model-00002-of-00002.safetensors"),
            "checkpoint-500"),
        of(
            Latest.Layout.ACCELERATE,
            "below checkpoints/",
            ACCELERATE,
            Tree.of(
                "run/logs/a",
                "run/checkpoints/checkpoint_9/model.safetensors",
                "run/checkpoints/checkpoint_10/model.safetensors"),
            "checkpoints/checkpoint_10",
            "checkpoints/checkpoint_9"),
        of(
            Latest.Layout.RAY,
            "complete",
            RAY,
            Tree.of("run/checkpoint_000009/a", "run/checkpoint_000010/a"),
            "checkpoint_000010",
            "checkpoint_000009"),
        of(
            Latest.Layout.TORCHTITAN,
            "in progress",
            TORCHTITAN,
            Tree.of(
                "run/step-900/.metadata",
                "run/step-900/__0_0.distcp",
                "run/step-1000/model.safetensors.index.json",
                "run/step-1100/__0_0.distcp"),
            "step-1000",
            "step-900"),
        of(
            Latest.Layout.TORCHTITAN,
            "the first in progress",
            TORCHTITAN,
            Tree.of("run/step-100/__0_0.distcp", "run/step-100/__1_0.distcp")),
        of(
            Latest.Layout.TORCHTUNE,
            "complete",
            TORCHTUNE,
            Tree.of("run/epoch_9/a", "run/epoch_10/a", "run/recipe_state/recipe_state.pt"),
            "epoch_10",
            "epoch_9"),
        of(
            Latest.Layout.OLMO_CORE,
            "in progress",
            OLMO,
            Tree.of(
                "run/step900/.metadata",
                "run/step1000/.metadata.json",
                "run/step1000/train/rank0.pt",
                "run/step1000/model_and_optim/.metadata",
                "run/step1100/.metadata.json",
                "run/step1100/train/rank0.pt",
                "run/step1100/model_and_optim/__0_0.distcp"),
            "step1000",
            "step900"),
        of(
            Latest.Layout.NEMO_RL,
            "in progress",
            NEMO_RL,
            Tree.of(
                "run/step_90/training_info.json",
                "run/step_100/training_info.json",
                "run/tmp_step_110/training_info.json"),
            "step_100",
            "step_90"),
        of(
            Latest.Layout.DCP,
            "in progress",
            "PyTorch torch/distributed/checkpoint/filesystem.py",
            Tree.of(
                "run/my-model-90/.metadata",
                "run/my-model-90/__0_0.distcp",
                "run/my-model-100/.metadata",
                "run/my-model-100/__0_0.distcp",
                "run/my-model-110/__0_0.distcp"),
            "my-model-100",
            "my-model-90"));
  }

  private static Stream<Case> orbaxCases() {
    return Stream.of(
        of(
            Latest.Layout.ORBAX,
            "in progress",
            ORBAX,
            Tree.of(
                "run/0090/_METADATA",
                "run/0100/_METADATA",
                "run/0110.orbax-checkpoint-tmp-1732500000000000/a"),
            "0100",
            "0090"),
        of(
            Latest.Layout.ORBAX,
            "with a prefix",
            ORBAX,
            Tree.of("run/step_9/a", "run/step_0010/a", "run/step_11.orbax-checkpoint-tmp/a"),
            "step_0010",
            "step_9"),
        of(
            Latest.Layout.ORBAX,
            "with commit files",
            ORBAX_ATOMICITY,
            Tree.of("run/90/commit_success.txt", "run/100/commit_success.txt", "run/110/state/a"),
            "100",
            "90"));
  }

  private static Stream<Case> levanterCases() {
    Tree tree =
        Tree.of("run/step-3000/model/a")
            .text("run/step-2000/metadata.json", json(2000, "2026-11-24T10:00:00.123456"))
            .text("run/step-900/metadata.json", json(900, "2026-11-25T09:00:00"))
            .text("run/step-1000/metadata.json", json(1000, "2026-11-25T10:00:00.5"));
    return Stream.of(
        of(
            Latest.Layout.LEVANTER,
            "a run that was started again from an older step",
            LEVANTER,
            tree,
            "step-1000",
            "step-900",
            "step-2000"));
  }

  private static String json(int step, String timestamp) {
    return "{\"step\": %d, \"timestamp\": \"%s\", \"is_temporary\": false}"
        .formatted(step, timestamp);
  }

  private static Tree ranks(String... steps) {
    Tree tree = new Tree();
    for (String step : steps) {
      for (int rank = 0; rank < 4; rank++) {
        tree.and("run/%s-rank%d.pt".formatted(step, rank));
      }
    }
    return tree;
  }

  private static Stream<Case> composerCases() {
    return Stream.of(
        of(
            Latest.Layout.COMPOSER,
            "one rank writes",
            COMPOSER,
            Tree.of("run/ep0-ba90-rank0.pt", "run/ep0-ba100-rank0.pt", "run/ep1-ba110-rank0.pt")
                .text("run/latest-rank0.pt.symlink", "run/ep0-ba100-rank0.pt"),
            "ep0-ba100-rank0.pt",
            "ep0-ba90-rank0.pt"),
        of(
            Latest.Layout.COMPOSER,
            "all ranks write",
            COMPOSER,
            ranks("ep0-ba90", "ep0-ba100", "ep1-ba110")
                .text("run/latest-rank0.pt.symlink", "run/ep0-ba100-rank0.pt")
                .text("run/latest-rank1.pt.symlink", "run/ep0-ba100-rank1.pt"),
            "ep0-ba100-rank*.pt",
            "ep0-ba90-rank*.pt"),
        of(
            Latest.Layout.COMPOSER,
            "a rank is missing",
            COMPOSER,
            ranks("ep0-ba90", "ep0-ba100").and("run/ep1-ba110-rank0.pt", "run/ep1-ba110-rank2.pt"),
            "ep0-ba100-rank*.pt",
            "ep0-ba90-rank*.pt"),
        of(
            Latest.Layout.COMPOSER,
            "sharded",
            COMPOSER,
            Tree.of(
                    "run/ep0-ba90/.metadata",
                    "run/ep0-ba90/__0_0.distcp",
                    "run/ep0-ba100/.metadata",
                    "run/ep0-ba100/__0_0.distcp",
                    "run/ep0-ba110/__0_0.distcp")
                .text("run/latest-rank0.pt.symlink", "run/ep0-ba100"),
            "ep0-ba100",
            "ep0-ba90"));
  }

  private static Stream<Case> lightningCases() {
    return Stream.of(
        of(
            Latest.Layout.LIGHTNING,
            "without a last one",
            LIGHTNING,
            Tree.of("run/epoch=3-step=1000.ckpt", "run/epoch=3-step=200.ckpt", "run/hparams.yaml"),
            "epoch=3-step=1000.ckpt",
            "epoch=3-step=200.ckpt"),
        of(
            Latest.Layout.LIGHTNING,
            "with a last one",
            LIGHTNING,
            Tree.of("run/epoch=3-step=1000.ckpt").modified("run/last.ckpt", "2026-11-25T10:00:00Z"),
            "last.ckpt",
            "epoch=3-step=1000.ckpt"),
        of(
            Latest.Layout.LIGHTNING,
            "with several last ones",
            LIGHTNING,
            Tree.of("run/epoch=3-step=1000.ckpt")
                .modified("run/last.ckpt", "2026-11-25T11:00:00Z")
                .modified("run/last-v1.ckpt", "2026-11-25T10:00:00Z"),
            "last.ckpt",
            "last-v1.ckpt"),
        of(
            Latest.Layout.LIGHTNING,
            "queued again",
            LIGHTNING_HPC,
            Tree.of("run/hpc_ckpt_9.ckpt", "run/hpc_ckpt_10.ckpt", "run/epoch=3-step=1000.ckpt"),
            "hpc_ckpt_10.ckpt",
            "hpc_ckpt_9.ckpt"),
        of(
            Latest.Layout.LIGHTNING,
            "metrics in names",
            LIGHTNING,
            Tree.of(
                "run/val_loss=-0.25-epoch=9.ckpt",
                "run/val_loss=1.5e-05-epoch=10.ckpt",
                "run/val_loss=3.00-epoch=8.ckpt"),
            "val_loss=1.5e-05-epoch=10.ckpt",
            "val_loss=-0.25-epoch=9.ckpt"),
        of(
            Latest.Layout.LIGHTNING,
            "sharded, in progress",
            LIGHTNING_SHARDED,
            Tree.of(
                "run/epoch=0-step=90.ckpt/meta.pt",
                "run/epoch=0-step=90.ckpt/.metadata",
                "run/epoch=0-step=100.ckpt/meta.pt",
                "run/epoch=0-step=100.ckpt/.metadata",
                "run/epoch=0-step=110.ckpt/.metadata"),
            "epoch=0-step=100.ckpt",
            "epoch=0-step=90.ckpt"));
  }

  private static Stream<Case> nemoCases() {
    String name = "run/llama--val_loss=%s-step=%d-consumed_samples=%d.0%s";
    return Stream.of(
        of(
            Latest.Layout.NEMO,
            "complete",
            NEMO,
            Tree.of(
                name.formatted("0.90", 90, 900, "/weights/metadata.json"),
                name.formatted("0.95", 100, 1000, "/weights/metadata.json"),
                name.formatted("0.95", 100, 1000, "-last/weights/metadata.json")),
            "llama--val_loss=0.95-step=100-consumed_samples=1000.0-last",
            "llama--val_loss=0.95-step=100-consumed_samples=1000.0"),
        of(
            Latest.Layout.NEMO,
            "in progress",
            NEMO_MARKER,
            Tree.of(
                name.formatted("0.90", 90, 900, "-last/weights/metadata.json"),
                name.formatted("0.95", 100, 1000, "-last/weights/metadata.json"),
                name.formatted("0.95", 100, 1000, "-last-unfinished")),
            "llama--val_loss=0.90-step=90-consumed_samples=900.0-last"),
        of(
            Latest.Layout.NEMO,
            "below checkpoints/",
            NEMO,
            Tree.of("run/checkpoints/m--step=90-last/a", "run/checkpoints/m--step=100-last/a"),
            "checkpoints/m--step=100-last",
            "checkpoints/m--step=90-last"));
  }

  static Stream<Case> cases() {
    return Stream.of(
            megatronCases(),
            megatronBridgeCases(),
            trackerCases(),
            numberCases(),
            orbaxCases(),
            levanterCases(),
            composerCases(),
            lightningCases(),
            nemoCases())
        .flatMap(cases -> cases);
  }

  @TestFactory
  Stream<DynamicTest> whatTheLoaderWouldLoad() {
    return cases()
        .flatMap(each -> Stream.of(test(each, Latest.Layout.AUTO), test(each, each.layout())));
  }

  private static DynamicTest test(Case each, Latest.Layout layout) {
    return DynamicTest.dynamicTest(
        "%s, %s, asked for %s (%s)".formatted(each.layout(), each.what(), layout, each.where()),
        () ->
            assertThat(each.tree().newest(Math.max(1, each.newest().size()), layout))
                .isEqualTo(each.newest()));
  }
}
