package io.github.lotaprestage.resolve.checkpoint;

import io.github.lotaprestage.plan.Latest;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// How a framework names its checkpoints and marks them as complete.
/// `docs/reference/checkpoints.md` shows the same table, and `FrameworksTest` names the source of
/// each rule.
///
/// @param id as the user names it
/// @param directories the names of checkpoints that are directories
/// @param objects the names of checkpoints that are objects; matches nothing if there are none
/// @param trackers the names of objects whose text is the newest checkpoint, the first one first
/// @param markers sets of paths; a checkpoint that contains all paths of one set is complete
/// @param strict whether the framework itself loads nothing that has no marker
record Layout(
    Latest.Layout id,
    Pattern directories,
    Pattern objects,
    List<Pattern> trackers,
    List<List<String>> markers,
    boolean strict) {

  private static final String ITERATION = "latest_checkpointed_iteration\\.txt";
  private static final String SYMLINK = "latest-rank[0-9]+(\\..+)?\\.symlink";
  private static final String NOTHING = "(?!)";

  /// Every layout. Where several match the same names, the first comes first.
  static final List<Layout> ALL =
      List.of(
          of(Latest.Layout.MEGATRON, "iter_[0-9]+|release")
              .trackedBy(ITERATION)
              .completeWith("metadata.json"),
          of(Latest.Layout.MEGATRON_BRIDGE, "iter_[0-9]+|release")
              .trackedBy(ITERATION)
              .completeWith(".metadata", "train_state.pt"),
          of(Latest.Layout.DEEPSPEED, "global_step[0-9]+").trackedBy("latest", "latest_universal"),
          of(Latest.Layout.VERL, "global_step_[0-9]+").trackedBy(ITERATION),
          of(Latest.Layout.NANOTRON, "[0-9]+").trackedBy("latest\\.txt"),
          of(Latest.Layout.TRANSFORMERS, "checkpoint-[0-9]+").completeWith("trainer_state.json"),
          of(Latest.Layout.ACCELERATE, "checkpoint_[0-9]+"),
          of(Latest.Layout.RAY, "checkpoint_[0-9]{6}"),
          of(Latest.Layout.TORCHTITAN, "step-[0-9]+")
              .completeWith(".metadata")
              .completeWith("model.safetensors.index.json")
              .checkedByItsLoader(),
          of(Latest.Layout.LEVANTER, "step-[0-9]+")
              .completeWith("metadata.json")
              .checkedByItsLoader(),
          of(Latest.Layout.TORCHTUNE, "epoch_[0-9]+"),
          of(Latest.Layout.OLMO_CORE, "step[0-9]+")
              .completeWith(".metadata")
              .completeWith(".metadata.json", "train/rank0.pt", "model_and_optim/.metadata")
              .checkedByItsLoader(),
          of(Latest.Layout.NEMO_RL, "step_[0-9]+"),
          of(Latest.Layout.ORBAX, "(step_)?[0-9]+").completeWith("commit_success.txt"),
          of(Latest.Layout.COMPOSER, "ep[0-9]+-ba[0-9]+(-rank[0-9]+)?")
              .orObjects("ep[0-9]+-ba[0-9]+-rank[0-9]+(\\..+)?(?<!\\.symlink)")
              .trackedBy(SYMLINK)
              .completeWith(".metadata"),
          of(Latest.Layout.LIGHTNING, ".+\\.ckpt").orObjects(".+\\.ckpt").completeWith("meta.pt"),
          of(Latest.Layout.NEMO, ".*(=.+|-last|-end)").orObjects(".*(=.+|-last|-end)\\.ckpt"),
          of(Latest.Layout.DCP, ".*[0-9].*")
              .trackedBy(SYMLINK)
              .completeWith(".metadata")
              .checkedByItsLoader(),
          of(Latest.Layout.NUMBERED, ".*[0-9].*")
              .orObjects(".*[0-9].*\\.(pt|pth|ckpt|bin|safetensors|pkl|npz|msgpack|h5|keras|tar)")
              .completeWith(".metadata")
              .completeWith("metadata.json")
              .completeWith("trainer_state.json")
              .completeWith("commit_success.txt"));

  /// The layouts that may be meant: one, or for `AUTO` all that have names of their own.
  static List<Layout> meant(Latest.Layout id) {
    return ALL.stream()
        .filter(layout -> id == Latest.Layout.AUTO ? !layout.takesAnyNumber() : layout.id == id)
        .toList();
  }

  /// For names that no framework uses.
  static Layout numbered() {
    return ALL.getLast();
  }

  private boolean takesAnyNumber() {
    return id == Latest.Layout.DCP || id == Latest.Layout.NUMBERED;
  }

  boolean namesDirectory(String name) {
    return directories.matcher(name).matches();
  }

  boolean namesObject(String name) {
    return objects.matcher(name).matches();
  }

  /// Whether a name such as `last.ckpt` counts more than numbers.
  boolean lastIsNewest() {
    return id == Latest.Layout.LIGHTNING || id == Latest.Layout.NEMO;
  }

  private static Layout of(Latest.Layout id, String directories) {
    return new Layout(
        id, Pattern.compile(directories), Pattern.compile(NOTHING), List.of(), List.of(), false);
  }

  private Layout orObjects(String names) {
    return new Layout(id, directories, Pattern.compile(names), trackers, markers, strict);
  }

  private Layout trackedBy(String... names) {
    List<Pattern> patterns = Arrays.stream(names).map(Pattern::compile).toList();
    return new Layout(id, directories, objects, patterns, markers, strict);
  }

  private Layout completeWith(String... paths) {
    List<List<String>> more = Stream.concat(markers.stream(), Stream.of(List.of(paths))).toList();
    return new Layout(id, directories, objects, trackers, more, strict);
  }

  private Layout checkedByItsLoader() {
    return new Layout(id, directories, objects, trackers, markers, true);
  }
}
