package io.github.lotaprestage.resolve.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.object.Chosen;
import io.github.lotaprestage.plan.Latest;
import io.github.lotaprestage.plan.target.Target;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What does not depend on a framework: how many, in which order, at what cost, and the words.
class LatestCheckpointsTest {

  private static Latest by(Latest.By by) {
    return new Latest(1, Latest.Layout.AUTO, by, Optional.empty());
  }

  private static Latest requiring(String child) {
    return new Latest(1, Latest.Layout.AUTO, Latest.By.AUTO, Optional.of(child));
  }

  private static Tree transformers(int... steps) {
    Tree tree = new Tree();
    for (int step : steps) {
      tree.and("run/checkpoint-" + step + "/trainer_state.json");
    }
    return tree;
  }

  @Test
  void theWhyNamesWhatLooksNewer() {
    assertThat(Tree.of("run/step-900/.metadata", "run/step-1000/__0_0.distcp").why())
        .isEqualTo("newest complete; step-1000 has no .metadata");
    assertThat(transformers(900, 1000).why()).isEqualTo("newest complete");
    assertThat(
            transformers(10)
                .and("run/checkpoint-20/a", "run/checkpoint-30/a", "run/checkpoint-40/a")
                .and("run/checkpoint-50/a")
                .why())
        .isEqualTo(
            "newest complete; checkpoint-50 has no trainer_state.json; checkpoint-40 has no"
                + " trainer_state.json; checkpoint-30 has no trainer_state.json; and 1 more");
    assertThat(Tree.of("run/10/a", "run/20.orbax-checkpoint-tmp-1/a").why())
        .isEqualTo("newest; 20.orbax-checkpoint-tmp-1 is still being written");
    assertThat(Tree.of("run/90/a", "run/100/a").text("run/latest.txt", "110").why())
        .isEqualTo("newest; latest.txt names 110, which is not there");
  }

  @Test
  void ofTwoTheSecondOneIsExplainedToo() {
    Tree tree = transformers(10, 30).and("run/checkpoint-20/a", "run/checkpoint-40/a");
    assertThat(tree.newest(2, Latest.Layout.AUTO))
        .containsExactly("checkpoint-30", "checkpoint-10");
    assertThat(tree.said())
        .containsExactly(
            "s3://b/run/: chose checkpoint-30: newest complete; checkpoint-40 has no"
                + " trainer_state.json",
            "s3://b/run/: chose checkpoint-10: next newest complete; checkpoint-20 has no"
                + " trainer_state.json");
  }

  @Test
  void fewerThanAskedForIsNoError() {
    assertThat(transformers(10, 20).newest(5, Latest.Layout.AUTO))
        .containsExactly("checkpoint-20", "checkpoint-10");
  }

  @Test
  void mixedWidthsAndTies() {
    assertThat(
            Tree.of("run/step_900/a", "run/step_0900/a", "run/step_01000/a")
                .newest(3, Latest.Layout.AUTO))
        .containsExactly("step_01000", "step_900", "step_0900");
  }

  @Test
  void directoriesOfSeveralFrameworks() {
    Tree tree =
        transformers(100, 200)
            .and("run/step-900/.metadata", "run/logs/a", "run/version_7/a", "run/final/a.bin");
    assertThat(tree.newest()).containsExactly("checkpoint-200");
    assertThat(tree.newest(1, Latest.Layout.TORCHTITAN)).containsExactly("step-900");
  }

  @Test
  void namesOfNoFramework() {
    assertThat(Tree.of("run/2026-09-30/a", "run/2026-10-01/a", "run/logs/a").newest())
        .containsExactly("2026-10-01");
    assertThat(Tree.of("run/model_9.pt", "run/model_10.pt", "run/notes_99.txt").newest())
        .containsExactly("model_10.pt");
  }

  @Test
  void whatIsBeingWrittenIsNotChosenWhoeverWritesIt() {
    assertThat(
            Tree.of(
                    "run/mine-1/a",
                    "run/tmp_mine-2/a",
                    "run/mine-3.tmp/a",
                    "run/mine-4_incomplete/a",
                    "run/.mine-5/a")
                .newest())
        .containsExactly("mine-1");
  }

  @Test
  void aTrackerMayNameOneOfAllRanks() {
    Tree tree =
        Tree.of("run/ep0-ba9-rank0.pt", "run/ep0-ba9-rank1.pt")
            .text("run/latest-rank0.pt.symlink", "run/ep0-ba9-rank0.pt");
    assertThat(tree.why()).isEqualTo("named by latest-rank0.pt.symlink");
  }

  @Test
  void aTrackerIsReadOnceWhateverUsesIt() {
    Tree tree =
        Tree.of("run/global_step_90/actor/a", "run/global_step_100/actor/a")
            .text("run/latest_checkpointed_iteration.txt", "90");
    assertThat(tree.newest()).containsExactly("global_step_90");
    assertThat(tree.reads()).isEqualTo(1);
  }

  @Test
  void aTrackerDoesNotHideTheMarkersOfOtherLayouts() {
    Tree tree =
        Tree.of(
                "run/iter_0000090/.metadata",
                "run/iter_0000090/train_state.pt",
                "run/iter_0000100/.metadata")
            .text("run/latest_checkpointed_iteration.txt", "100");
    assertThat(tree.newest()).containsExactly("iter_0000090");
  }

  @Test
  void aTrackerMayNameAnObjectInADirectory() {
    Tree tree =
        Tree.of("run/ep0-ba90/ba90_rank0.pt", "run/ep0-ba100/ba100_rank0.pt")
            .text("run/latest-rank0.pt.symlink", "run/ep0-ba90/ba90_rank0.pt");
    assertThat(tree.newest()).containsExactly("ep0-ba90");
  }

  @Test
  void aDirectoryThatContainsOnlyItselfIsEmpty() {
    Tree tree = Tree.of("run/global_step_90/a", "run/global_step_100/");
    assertThat(tree.newest()).containsExactly("global_step_90");
  }

  @Test
  void aTrackerThatNamesNothing() {
    assertThat(Tree.of("run/90/a", "run/100/a").text("run/latest.txt", "95").newest())
        .as("what is beyond it counts as unfinished")
        .containsExactly("90");
    assertThat(Tree.of("run/90/a", "run/100/a").text("run/latest.txt", "\u0000\n").newest())
        .containsExactly("100");
    assertThat(Tree.of("run/90/a", "run/100/a").text("run/latest.txt", "9".repeat(5000)).why())
        .isEqualTo("newest; latest.txt names nothing");
  }

  @Test
  void theTrackerIsNotReadIfNamesDecide() {
    Tree tree = Tree.of("run/90/a", "run/100/a").text("run/latest.txt", "90");
    assertThat(tree.newest(by(Latest.By.NAME))).containsExactly("100");
    assertThat(tree.reads()).isZero();
    assertThat(tree.newest()).containsExactly("90");
  }

  @Test
  void theTimeOfTheNewestObjectDecides() {
    Tree tree =
        Tree.of()
            .modified("run/best/a", "2026-11-25T10:00:00Z")
            .modified("run/best/z/b", "2026-11-25T12:00:00Z")
            .modified("run/other/a", "2026-11-25T11:00:00Z");
    assertThat(tree.newest(by(Latest.By.MODIFIED))).containsExactly("best");
    assertThat(tree.said()).containsExactly("s3://b/run/: chose best: last modified");
  }

  @Test
  void theRequiredChildIsAnObjectOrADirectory() {
    Tree tree =
        Tree.of("run/step-10/DONE", "run/step-20/done/a", "run/step-30/DONE-not", "run/step-40/a");
    assertThat(tree.newest(requiring("DONE"))).containsExactly("step-10");
    assertThat(tree.newest(requiring("done"))).containsExactly("step-20");
    assertThat(tree.newest(requiring("done/"))).containsExactly("step-20");
    assertThat(tree.newest(requiring("done/a"))).containsExactly("step-20");
    assertThat(tree.newest(requiring("missing"))).isEmpty();
  }

  @Test
  void aWildcardStandsForOneLevel() {
    Tree tree =
        Tree.of(
            "exp/a/checkpoints/checkpoint-10/trainer_state.json",
            "exp/b/checkpoints/checkpoint-20/trainer_state.json",
            "exp/b/deep/er/checkpoints/checkpoint-99/trainer_state.json",
            "exp/c/logs/a");
    assertThat(tree.matching("exp/*/checkpoints").stream().map(Chosen::target))
        .containsExactly("s3://b/exp/a/checkpoints/", "s3://b/exp/b/checkpoints/");
    assertThat(tree.matching("exp/b*").stream().map(each -> each.target() + each.child()))
        .containsExactly("s3://b/exp/b/checkpoints/checkpoint-20");
    assertThat(tree.matching("exp/?/checkpoints")).hasSize(2);
  }

  @Test
  void aWildcardIsSilentOnlyAboutWhatIsNoRun() {
    Tree tree =
        Tree.of("exp/done/step-1/.metadata", "exp/new/2.orbax-checkpoint-tmp/x", "exp/logs/a");
    tree.matching("exp/*");
    assertThat(tree.said())
        .filteredOn(line -> !line.contains(": chose "))
        .singleElement()
        .asString()
        .startsWith("s3://b/exp/new/: found no checkpoint: 2.orbax-checkpoint-tmp is still being");
  }

  @Test
  void aPrefixNeedNotEndWithASlash() {
    Tree tree = transformers(10, 20).and("run/other-30/a");
    assertThat(tree.targets("run/checkpoint-", by(Latest.By.AUTO)))
        .containsExactly(Target.Listed.below("b", "run/checkpoint-20/"));
  }

  @Test
  void allRanksOfAStepAreTargets() {
    Tree tree = Tree.of("run/ep0-ba9-rank0.pt", "run/ep0-ba10-rank0.pt", "run/ep0-ba10-rank1.pt");
    assertThat(tree.targets("run/", by(Latest.By.AUTO)))
        .containsExactly(
            new Target.Key("b", "run/ep0-ba10-rank0.pt"),
            new Target.Key("b", "run/ep0-ba10-rank1.pt"));
  }

  @Test
  void whatWasSeenIfNothingIsComplete() {
    Tree tree = Tree.of("run/step-10/__0_0.distcp", "run/step-20/__0_0.distcp");
    assertThat(tree.newest()).isEmpty();
    assertThat(tree.said())
        .containsExactly(
            "s3://b/run/: none of 2 checkpoints is complete: step-20 has no .metadata; step-10 has"
                + " no .metadata");
    Tree many = Tree.of("run/step-1/.metadata", "run/step-1/__0_0.distcp");
    IntStream.range(2, 31).forEach(step -> many.and("run/step-" + step + "/__0_0.distcp"));
    assertThat(many.newest()).isEmpty();
    assertThat(many.said())
        .singleElement()
        .asString()
        .startsWith(
            "s3://b/run/: none of the newest 20 of 30 checkpoints is complete: step-30 has");
    Tree levanter = new Tree();
    IntStream.range(1, 6)
        .forEach(step -> levanter.text("run/step-" + step + "/metadata.json", "{}"));
    assertThat(levanter.newest()).isEmpty();
    assertThat(levanter.said().getFirst()).contains("none of 5 checkpoints is complete: step-5");
    Tree other = Tree.of("run/logs/a", "run/x/a", "run/y/a", "run/z/a");
    assertThat(other.newest()).isEmpty();
    assertThat(other.said())
        .containsExactly(
            "s3://b/run/: found no checkpoint: it contains logs/, x/, y/ and 1" + " more");
  }

  @Test
  void aThousandCheckpointsCostAHandfulOfLists() {
    Tree complete = transformers(IntStream.range(0, 1000).toArray());
    complete.newest();
    assertThat(complete.lists()).isEqualTo(3);
    Tree unfinished = transformers(IntStream.range(0, 999).toArray()).and("run/checkpoint-999/a");
    assertThat(unfinished.newest()).containsExactly("checkpoint-998");
    assertThat(unfinished.lists()).isEqualTo(4);
    Tree unmarked = new Tree();
    IntStream.range(0, 1000).forEach(step -> unmarked.and("run/checkpoint-" + step + "/a"));
    assertThat(unmarked.newest()).containsExactly("checkpoint-999");
    assertThat(unmarked.lists()).isEqualTo(7);
  }

  @Test
  void aMarkerBehindAThousandObjectsIsFound() {
    Tree tree = new Tree();
    for (int step : new int[] {10, 20}) {
      for (int part = 0; part < 1500; part++) {
        tree.and("run/checkpoint-%d/part-%05d".formatted(step, part));
      }
    }
    tree.and("run/checkpoint-10/trainer_state.json");
    assertThat(tree.newest()).containsExactly("checkpoint-10");
  }

  @Test
  void itGivesUpAfterTwenty() {
    Tree tree = transformers(0);
    IntStream.range(1, 100).forEach(step -> tree.and("run/checkpoint-" + step + "/a"));
    assertThat(tree.newest()).isEmpty();
    assertThat(tree.lists()).isLessThanOrEqualTo(22);
  }
}
