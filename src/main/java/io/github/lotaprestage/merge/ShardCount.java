package io.github.lotaprestage.merge;

import io.github.lotaprestage.report.RunReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// Finds out whether some runs are all the shards of one whole.
final class ShardCount {

  /// The number of shards that are named in a message.
  private static final int NAMED = 10;

  private final List<String> problems = new ArrayList<>();
  private final RunReport.@Nullable Merged shards;

  ShardCount(List<Part> parts) {
    this.shards = count(parts);
  }

  /// Each as a sentence without its end; none if there is each shard once, or no shard at all.
  List<String> problems() {
    return problems;
  }

  /// Null if the runs were no shards.
  RunReport.@Nullable Merged shards() {
    return shards;
  }

  private RunReport.@Nullable Merged count(List<Part> parts) {
    Part first = parts.stream().filter(part -> part.shard() != null).findFirst().orElse(null);
    if (first == null || first.shard() == null) {
      return null;
    }
    Part.ShardName division = first.shard();
    Map<Long, List<String>> files = new TreeMap<>();
    for (Part part : parts) {
      Part.ShardName shard = part.shard();
      if (shard == null && part.hasNotBegun()) {
        problems.add(
            part.summary().has("error")
                ? part.file() + " is from a run that could not begin: " + part.reason()
                : part.file()
                    + " has no totals, because its run was ended at once: "
                    + part.reason());
      } else if (shard == null) {
        problems.add(
            "%s is from a run without shards, but %s is from shard %d of %d"
                .formatted(part.file(), first.file(), division.index(), division.count()));
      } else if (!shard.isSameDivision(division)) {
        problems.add(
            "%s and %s were divided differently: %s, and %s"
                .formatted(first.file(), part.file(), text(division), text(shard)));
      } else if (!part.targets().equals(first.targets())) {
        problems.add(
            "%s and %s are from runs with different targets".formatted(first.file(), part.file()));
      } else {
        files.computeIfAbsent(shard.index(), _ -> new ArrayList<>()).add(part.file());
      }
    }
    List<Long> missing =
        LongStream.range(0, division.count())
            .filter(index -> !files.containsKey(index))
            .boxed()
            .toList();
    if (!missing.isEmpty()) {
      problems.add(
          "%s of %d %s missing"
              .formatted(
                  named("shard", missing), division.count(), missing.size() == 1 ? "is" : "are"));
    }
    files.forEach((index, named) -> {
      if (named.size() > 1) {
        problems.add(
            "shard %d of %d was given %s: %s"
                .formatted(
                    index,
                    division.count(),
                    named.size() == 2 ? "twice" : named.size() + " times",
                    String.join(", ", named)));
      }
    });
    List<Long> repeated =
        files.entrySet().stream()
            .filter(entry -> entry.getValue().size() > 1)
            .map(Map.Entry::getKey)
            .toList();
    return new RunReport.Merged(division.count(), missing, repeated);
  }

  private static String text(Part.ShardName shard) {
    return "%d shards %s"
        .formatted(
            shard.count(),
            shard.bounds() == null ? "by hash" : "with the bounds " + shard.bounds());
  }

  private static String named(String what, List<Long> numbers) {
    return (numbers.size() == 1 ? what + " " : what + "s ")
        + numbers.stream().limit(NAMED).map(String::valueOf).collect(Collectors.joining(", "))
        + (numbers.size() > NAMED ? " and " + (numbers.size() - NAMED) + " more" : "");
  }
}
