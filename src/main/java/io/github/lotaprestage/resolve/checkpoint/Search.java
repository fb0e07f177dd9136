package io.github.lotaprestage.resolve.checkpoint;

import io.github.lotaprestage.object.SourceException;
import io.github.lotaprestage.plan.Latest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Chooses the newest complete checkpoints among those of one directory. If a tracker names the
/// newest one, those beyond it count as unfinished. Otherwise it goes down from the newest until
/// enough are complete, and gives up after 20 that are not.
final class Search {

  /// How many incomplete checkpoints, and how many descriptions of Levanter, are looked at.
  static final int MAX_EXAMINED = 20;

  /// How many of the checkpoints below one without a marker are looked at, besides the oldest, to
  /// see whether the layout has markers at all. More than one, since the oldest may be half
  /// deleted.
  private static final int SAMPLES = 3;

  private final Latest latest;
  private final CheckpointStore store;
  private final String bucket;
  private final Directory directory;
  private final Candidates candidates;
  private final Optional<Tracker> tracker;
  private final Completeness completeness;
  private final List<CheckpointFinder.Pick> picks = new ArrayList<>();
  private final Passed passed = new Passed();
  private int examined;

  /// A layout of which a marker was found.
  private Optional<Layout> marked = Optional.empty();

  Search(
      Latest latest,
      CheckpointStore store,
      String bucket,
      Directory directory,
      Candidates candidates,
      Optional<Tracker> tracker) {
    this.latest = latest;
    this.store = store;
    this.bucket = bucket;
    this.directory = directory;
    this.candidates = candidates;
    this.tracker = tracker;
    this.completeness =
        new Completeness(
            store, bucket, directory, candidates, latest.requiredChild(), latest.layout());
  }

  CheckpointFinder.Choice run() throws SourceException, InterruptedException {
    tracker.ifPresent(
        named -> named.problem().ifPresent(problem -> passed.add(named.file(), problem)));
    List<Candidate> newestFirst = newestFirst();
    passed.addInFlight(directory, newestFirst);
    goDown(newestFirst);
    return new CheckpointFinder.Choice(
        List.copyOf(picks),
        passed.all(),
        candidates.all().size(),
        examined,
        directory.directories());
  }

  private List<Candidate> newestFirst() throws SourceException, InterruptedException {
    Comparator<Candidate> oldestFirst =
        switch (latest.by()) {
          case AUTO -> Candidate.order(candidates.layouts());
          case NAME -> Comparator.comparing(Candidate::number);
          case MODIFIED -> byTime();
        };
    Comparator<Candidate> beyondFirst = Comparator.comparing(each -> !isBeyond(each));
    Comparator<Candidate> namedFirst = Comparator.comparing(each -> !isNamed(each));
    return candidates.all().stream()
        .sorted(beyondFirst.thenComparing(namedFirst).thenComparing(oldestFirst.reversed()))
        .toList();
  }

  private boolean isBeyond(Candidate candidate) {
    return tracker.filter(named -> named.isBeyond(candidate)).isPresent();
  }

  private boolean isNamed(Candidate candidate) {
    return tracker.flatMap(Tracker::newest).filter(candidate::equals).isPresent();
  }

  private Comparator<Candidate> byTime() throws SourceException, InterruptedException {
    Map<String, Instant> times = new HashMap<>();
    for (Candidate candidate : candidates.all()) {
      String prefix = directory.path() + candidate.name() + "/";
      times.put(
          candidate.name(),
          candidate.isDirectory()
              ? store.lastModified(bucket, prefix).orElse(Instant.MIN)
              : candidate.modified());
    }
    return Comparator.<Candidate, Instant>comparing(each -> times.get(each.name()))
        .thenComparing(Candidate::number);
  }

  private void goDown(List<Candidate> newestFirst) throws SourceException, InterruptedException {
    int incomplete = 0;
    for (int i = 0; i < newestFirst.size(); i++) {
      Candidate candidate = newestFirst.get(i);
      if (picks.size() == latest.count() || incomplete == MAX_EXAMINED) {
        return;
      }
      examined++;
      if (isBeyond(candidate)) {
        passed.add(candidate.name(), "is not named by " + tracker.orElseThrow().file() + " yet");
        continue;
      }
      switch (completeness.of(candidate)) {
        case Completeness.Finding.Complete(Optional<Layout> layout, boolean proven) -> {
          if (latest.by() == Latest.By.AUTO
              && layout.map(Layout::id).equals(Optional.of(Latest.Layout.LEVANTER))) {
            pickByDescription(newestFirst);
            return;
          }
          marked = marked.isPresent() ? marked : layout;
          pick(candidate, layout.isPresent() ? "newest complete" : "newest", proven);
        }
        case Completeness.Finding.Incomplete(String why) -> {
          passed.add(candidate.name(), why);
          incomplete++;
        }
        case Completeness.Finding.Unmarked(Map<Latest.Layout, String> missing) -> {
          Optional<Layout> used = layoutWithMarkers(newestFirst, i);
          if (used.isPresent()) {
            passed.add(candidate.name(), "has no " + missing.get(used.get().id()));
            incomplete++;
          } else {
            pick(candidate, "newest", false);
          }
        }
      }
    }
  }

  /// The layout of others that have a marker, if any has one.
  private Optional<Layout> layoutWithMarkers(List<Candidate> newestFirst, int from)
      throws SourceException, InterruptedException {
    List<Candidate> samples =
        new ArrayList<>(
            newestFirst.subList(from + 1, Math.min(from + 1 + SAMPLES, newestFirst.size())));
    samples.add(newestFirst.getLast());
    for (int i = 0; i < samples.size() && marked.isEmpty(); i++) {
      if (!isBeyond(samples.get(i))
          && completeness.of(samples.get(i))
              instanceof Completeness.Finding.Complete(var layout, _)) {
        marked = layout;
      }
    }
    return marked;
  }

  /// Levanter loads the checkpoint with the latest time in its description.
  private void pickByDescription(List<Candidate> newestFirst)
      throws SourceException, InterruptedException {
    List<LevanterDescription> described = new ArrayList<>();
    passed.clear(); // all are looked at again
    examined = Math.min(MAX_EXAMINED, newestFirst.size());
    for (Candidate candidate : newestFirst.subList(0, examined)) {
      String key = directory.path() + candidate.name() + "/" + LevanterDescription.FILE;
      Optional<String> text = store.read(bucket, key);
      Optional<LevanterDescription> description =
          text.flatMap(json -> LevanterDescription.parse(candidate, json));
      description.ifPresentOrElse(
          described::add,
          () ->
              passed.add(
                  candidate.name(),
                  text.isEmpty()
                      ? "has no " + LevanterDescription.FILE
                      : "has a " + LevanterDescription.FILE + " without a timestamp and a step"));
    }
    described.stream()
        .sorted(Comparator.reverseOrder())
        .limit(latest.count())
        .forEach(each -> pick(each.candidate(), "newest complete", true));
  }

  /// @param rank what it is among the others, beginning with `newest`
  private void pick(Candidate candidate, String rank, boolean proven) {
    String order =
        latest.by() == Latest.By.MODIFIED ? rank.replace("newest", "last modified") : rank;
    String place = picks.isEmpty() ? order : "next " + order;
    String with = latest.requiredChild().map(child -> " with " + child).orElse("");
    String why =
        isNamed(candidate) ? "named by " + tracker.orElseThrow().file() + with : place + with;
    picks.add(
        new CheckpointFinder.Pick(
            directory.path(), candidate, why + passed.sinceLastPick(), proven));
  }
}
