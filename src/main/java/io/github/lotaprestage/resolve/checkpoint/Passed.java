package io.github.lotaprestage.resolve.checkpoint;

import java.util.ArrayList;
import java.util.List;

/// What was not chosen although it looks newer, in the words of a report.
final class Passed {

  /// How many are named in the explanation of one choice.
  private static final int MAX_NAMED = 3;

  private final List<String> all = new ArrayList<>();
  private int explained;

  /// @param why continues a sentence that begins with the name
  void add(String name, String why) {
    all.add(name + " " + why);
  }

  /// Adds what is newer than all checkpoints, and has the name of something that is being written.
  void addInFlight(Directory directory, List<Candidate> newestFirst) {
    directory.directories().stream()
        .filter(Candidates::inFlight)
        .map(NumberedName::of)
        .filter(NumberedName::hasNumbers)
        .filter(name ->
            newestFirst.isEmpty() || name.compareNumbers(newestFirst.getFirst().number()) > 0)
        .forEach(name -> add(name.name(), "is still being written"));
  }

  /// `; step-1000 has no .metadata`, or nothing.
  String sinceLastPick() {
    List<String> rest = all.subList(explained, all.size());
    explained = all.size();
    return rest.isEmpty() ? "" : "; " + summary(rest);
  }

  void clear() {
    all.clear();
    explained = 0;
  }

  List<String> all() {
    return List.copyOf(all);
  }

  static String summary(List<String> reasons) {
    String named = String.join("; ", reasons.subList(0, Math.min(MAX_NAMED, reasons.size())));
    int more = reasons.size() - MAX_NAMED;
    return more > 0 ? named + "; and " + more + " more" : named;
  }
}
