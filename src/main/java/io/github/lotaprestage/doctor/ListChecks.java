package io.github.lotaprestage.doctor;

import io.github.lotaprestage.object.SourceException;
import io.github.lotaprestage.plan.target.KeyList;
import io.github.lotaprestage.plan.target.Target;
import io.github.lotaprestage.s3.probe.FirstName;
import io.github.lotaprestage.s3.probe.SetUp;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Reads the beginning of the key lists, so that the first object of each can be looked at.
final class ListChecks {

  private final SetUp setUp;
  private final List<KeyList> lists;
  private final Subjects subjects;

  ListChecks(SetUp setUp, List<KeyList> lists, Subjects subjects) {
    this.setUp = setUp;
    this.lists = lists;
    this.subjects = subjects;
  }

  List<Check> all() {
    return lists.isEmpty()
        ? List.of()
        : List.of(Check.configuration("key_lists", _ -> beginnings(), SettingsChecks.ADDRESSING));
  }

  private Verdict beginnings() throws SourceException, InterruptedException {
    List<Verdict> found = new ArrayList<>();
    for (KeyList list : lists) {
      found.add(
          list.isStandardInput() || !Files.isRegularFile(Path.of(list.file()))
              ? Verdict.ok(list.name() + " is not read, because it can be read only once")
              : beginning(list));
    }
    return Verdict.worst(found);
  }

  private Verdict beginning(KeyList list) throws SourceException, InterruptedException {
    FirstName first = FirstName.of(list, setUp);
    first
        .object()
        .ifPresent(object -> subjects.add(new Target.Key(object.bucket(), object.key()), list));
    if (first.problem().isEmpty()) {
      return first
          .object()
          .map(object -> Verdict.ok("the first object of " + list.name() + " is " + object.uri()))
          .orElseGet(() ->
              Verdict.warn(
                  list.name() + " names nothing", "check the program that writes the list"));
    }
    String problem = first.problem().get();
    return first.object().isEmpty() && first.whole()
        ? Verdict.fail(
            problem + ", and no other line names an object",
            "correct the list, or check --files-format")
        : Verdict.warn(problem, "correct that line; a run stages the objects of the others");
  }
}
