package io.github.lotaprestage.resolve.checkpoint;

import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.plan.Latest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The checkpoints of a directory, with the layouts that their names belong to.
///
/// @param layouts which use these names; the first one gives the order
/// @param all in any order
record Candidates(List<Layout> layouts, List<Candidate> all) {

  /// Names of what is still being written: Orbax, NeMo-RL, NeMo and Hugging Face, and what is usual
  /// elsewhere.
  private static final Pattern IN_FLIGHT =
      Pattern.compile(
          "\\..*|tmp[-_.].*|.*\\.orbax-checkpoint-tmp.*|.*-unfinished"
              + "|.*[-_.](tmp|temp|partial|incomplete)");

  /// The ranks of one step that are objects of their own.
  private static final Pattern RANK = Pattern.compile("(.*-rank)[0-9]+(.*)");

  /// Whether an object of this name matters to any layout.
  static boolean matter(String name) {
    return inFlight(name)
        || Layout.ALL.stream()
            .anyMatch(layout ->
                layout.namesObject(name)
                    || layout.trackers().stream()
                        .anyMatch(tracker -> tracker.matcher(name).matches()));
  }

  static boolean inFlight(String name) {
    return IN_FLIGHT.matcher(name).matches();
  }

  /// Recognises the layout that most names belong to. Empty if no name looks like a checkpoint.
  static Candidates recognise(Directory directory, Latest.Layout meant) {
    Candidates most = of(directory, List.of());
    for (Layout layout : Layout.meant(meant)) {
      Candidates these = of(directory, List.of(layout));
      if (these.all.size() > most.all.size()) {
        most = these;
      } else if (!these.all.isEmpty() && these.all.equals(most.all)) {
        List<Layout> both = Stream.concat(most.layouts.stream(), these.layouts.stream()).toList();
        most = new Candidates(both, these.all);
      }
    }
    return most;
  }

  /// All that has a number in its name.
  static Candidates numbered(Directory directory) {
    return of(directory, List.of(Layout.numbered()));
  }

  /// Every directory, whatever its name.
  static Candidates directories(Directory directory) {
    return new Candidates(
        List.of(Layout.numbered()), directories(directory, name -> !inFlight(name)));
  }

  /// Directories if there are any, otherwise objects.
  private static Candidates of(Directory directory, List<Layout> layouts) {
    Predicate<String> directories =
        name -> !inFlight(name) && layouts.stream().anyMatch(layout -> layout.namesDirectory(name));
    List<Candidate> found = directories(directory, directories);
    Map<String, List<ObjectRef>> steps = new TreeMap<>();
    directory
        .objects()
        .forEach((name, object) -> {
          if (!inFlight(name) && layouts.stream().anyMatch(layout -> layout.namesObject(name))) {
            String step = RANK.matcher(name).replaceFirst("$1*$2");
            steps.computeIfAbsent(step, _ -> new ArrayList<>()).add(object);
          }
        });
    boolean ranked = layouts.stream().anyMatch(layout -> layout.id() == Latest.Layout.COMPOSER);
    boolean either = layouts.stream().anyMatch(layout -> layout.id() != Latest.Layout.NUMBERED);
    if (either || found.isEmpty()) {
      steps.forEach((step, objects) -> {
        if (ranked && objects.size() > 1) {
          found.add(Candidate.objects(step, objects));
        } else {
          objects.forEach(object ->
              found.add(Candidate.objects(Directory.nameOf(object.key()), List.of(object))));
        }
      });
    }
    return new Candidates(layouts, List.copyOf(found));
  }

  private static List<Candidate> directories(Directory directory, Predicate<String> wanted) {
    return new ArrayList<>(
        directory.directories().stream().filter(wanted).map(Candidate::directory).toList());
  }
}
