package io.github.lotaprestage.resolve.checkpoint;

import io.github.lotaprestage.object.Chosen;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.SourceException;
import io.github.lotaprestage.plan.Latest;
import io.github.lotaprestage.plan.target.Glob;
import io.github.lotaprestage.plan.target.S3Uri;
import io.github.lotaprestage.plan.target.Target;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Replaces prefixes by the newest complete checkpoints below them, and says what it chose and why.
/// One thread resolves; any thread may ask for what was chosen.
public final class LatestCheckpoints {

  private final CheckpointFinder finder;
  private final CheckpointStore store;
  private final Consumer<String> sayChoice;
  private final Consumer<String> sayAbsence;

  /// The last choice for each prefix.
  private final Map<String, List<Chosen>> chosen = new LinkedHashMap<>();

  /// Of the last choice for each prefix, what will not change any more.
  private final Map<String, Set<Target>> proven = new HashMap<>();

  /// @param sayChoice takes a line for each checkpoint that is chosen
  /// @param sayAbsence takes a line for each prefix without a complete checkpoint
  public LatestCheckpoints(
      Latest latest,
      CheckpointStore store,
      Consumer<String> sayChoice,
      Consumer<String> sayAbsence) {
    this.finder = new CheckpointFinder(latest, store);
    this.store = store;
    this.sayChoice = sayChoice;
    this.sayAbsence = sayAbsence;
  }

  /// The checkpoints to stage for one target: directories, or single objects.
  public List<Target> resolve(Target.Listed target) throws SourceException, InterruptedException {
    List<Target> found = new ArrayList<>();
    for (String prefix : prefixes(target)) {
      CheckpointFinder.Choice choice = finder.find(target.bucket(), prefix);
      String uri = new S3Uri(target.bucket(), Directory.pathOf(prefix)).toString();
      List<Chosen> picked = new ArrayList<>();
      Set<Target> complete = new HashSet<>();
      for (CheckpointFinder.Pick pick : choice.picks()) {
        picked.add(chosen(uri, Directory.pathOf(prefix), pick));
        List<Target> targets = targets(target.bucket(), pick);
        found.addAll(targets);
        complete.addAll(pick.proven() ? targets : List.of());
      }
      proven.put(uri, complete);
      synchronized (chosen) {
        chosen.put(uri, picked);
      }
      boolean isRun =
          choice.candidates() > 0 || !choice.passed().isEmpty() || target.pattern().isEmpty();
      if (choice.picks().isEmpty() && isRun) {
        sayAbsence.accept(new S3Uri(target.bucket(), prefix) + ": " + absence(choice));
      }
    }
    return found;
  }

  /// What the target stands for. A wildcard stands for one level of directories: one LIST for each
  /// directory above it finds them. Without a wildcard the prefix need not end with a slash.
  private List<String> prefixes(Target.Listed target) throws SourceException, InterruptedException {
    if (target.pattern().isEmpty()) {
      return List.of(target.prefix());
    }
    List<String> paths = List.of("");
    for (String level : target.pattern().get().toString().split("/", -1)) {
      paths = Glob.firstWildcard(level) < 0 ? named(paths, level) : matching(target, paths, level);
    }
    return paths;
  }

  private static List<String> named(List<String> paths, String level) {
    return paths.stream().map(path -> path + level + "/").toList();
  }

  private List<String> matching(Target.Listed target, List<String> paths, String level)
      throws SourceException, InterruptedException {
    Glob glob = new Glob(level);
    String literal = level.substring(0, Glob.firstWildcard(level));
    List<String> found = new ArrayList<>();
    for (String path : paths) {
      Directory directory = store.children(target.bucket(), path + literal, _ -> false);
      directory.directories().stream()
          .filter(glob::matches)
          .forEach(name -> found.add(path + name + "/"));
    }
    return found;
  }

  private Chosen chosen(String uri, String path, CheckpointFinder.Pick pick) {
    String child = (pick.path() + pick.candidate().name()).substring(path.length());
    sayChoice.accept("%s: chose %s: %s".formatted(uri, child, pick.why()));
    return new Chosen(uri, child, pick.why());
  }

  private static List<Target> targets(String bucket, CheckpointFinder.Pick pick) {
    Candidate candidate = pick.candidate();
    return candidate.isDirectory()
        ? List.of(Target.Listed.below(bucket, pick.path() + candidate.name() + "/"))
        : candidate.objects().stream()
            .map(ObjectRef::key)
            .<Target>map(key -> new Target.Key(bucket, key))
            .toList();
  }

  private static String absence(CheckpointFinder.Choice choice) {
    if (choice.candidates() > 0) {
      String some =
          choice.examined() < choice.candidates()
              ? "the newest %d of ".formatted(choice.examined())
              : "";
      String all =
          choice.candidates() == 1
              ? "its only checkpoint is not complete"
              : "none of %s%d checkpoints is complete".formatted(some, choice.candidates());
      return all + ": " + Passed.summary(choice.passed());
    }
    List<String> seen =
        Stream.concat(
                choice.passed().stream(),
                choice.directories().isEmpty()
                    ? Stream.of("it contains no directory")
                    : Stream.of("it contains " + names(choice.directories())))
            .toList();
    return "found no checkpoint: " + Passed.summary(seen);
  }

  private static String names(Collection<String> directories) {
    String first =
        directories.stream().limit(3).map(name -> name + "/").collect(Collectors.joining(", "));
    int more = directories.size() - 3;
    return more > 0 ? first + " and " + more + " more" : first;
  }

  /// Whether a checkpoint that was chosen last is known to be complete, so that it will not change.
  public boolean isProven(Target checkpoint) {
    return proven.values().stream().anyMatch(targets -> targets.contains(checkpoint));
  }

  /// What was chosen last for each prefix.
  public List<Chosen> chosen() {
    synchronized (chosen) {
      return chosen.values().stream().flatMap(List::stream).toList();
    }
  }
}
