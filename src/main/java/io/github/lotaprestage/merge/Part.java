package io.github.lotaprestage.merge;

import io.github.lotaprestage.plan.Shard;
import io.github.lotaprestage.report.ExitStatus;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The summary of one run.
///
/// @param file that contains it
/// @param shard of that run; null if it had all keys
record Part(String file, JsonLine summary, ExitStatus status, @Nullable ShardName shard) {

  /// The end of `--files-from -` and its like.
  private static final String STANDARD_INPUT = " -";

  private static final int LONGEST_LINE = 16_000_000;

  /// The shard of a run.
  ///
  /// @param bounds identifies the bounds of its range; null for shards by hash
  record ShardName(long index, long count, @Nullable String bounds) {

    boolean isPossible() {
      return count <= Shard.MAX_COUNT && index >= 0 && index < count;
    }

    boolean isSameDivision(ShardName other) {
      return count == other.count
          && (bounds == null ? other.bounds == null : bounds.equals(other.bounds));
    }
  }

  /// The summaries in a file of `--summary-file` or of the output of `-o json`; also in a JSON list
  /// on one line. A later line replaces an earlier one of the same run, see [#isRepeatedBy]. Empty
  /// if there is none.
  static List<Part> read(String file) throws IOException {
    List<Part> parts = new ArrayList<>();
    // Bytes that are not UTF-8 must not keep the summary after them from being found.
    try (Reader lines =
        new BufferedReader(
            new InputStreamReader(Files.newInputStream(Path.of(file)), StandardCharsets.UTF_8))) {
      for (String line = line(lines); line != null; line = line(lines)) {
        if (line.contains("\"summary\"")) {
          List<Part> found =
              JsonLine.parse(line).stream().flatMap(object -> of(file, object).stream()).toList();
          parts.removeIf(earlier -> found.stream().anyMatch(earlier::isRepeatedBy));
          parts.addAll(found);
        }
      }
    }
    return parts;
  }

  /// Whether a later run had the same targets and the same shard. What comes from standard input is
  /// never the same.
  private boolean isRepeatedBy(Part later) {
    Set<String> targets = targets();
    return !targets.isEmpty()
        && targets.stream().noneMatch(target -> target.endsWith(STANDARD_INPUT))
        && targets.equals(later.targets())
        && Objects.equals(shard, later.shard)
        && isDryRun() == later.isDryRun();
  }

  private static @Nullable String line(Reader in) throws IOException {
    StringBuilder line = new StringBuilder();
    int c = in.read();
    if (c < 0) {
      return null;
    }
    for (; c >= 0 && c != '\n'; c = in.read()) {
      line.append((char) c);
      if (line.length() > LONGEST_LINE) {
        throw new IOException("it has a line of more than 16 million characters");
      }
    }
    return line.toString();
  }

  private static Optional<Part> of(String file, JsonLine summary) {
    if (!"summary".equals(summary.text("type")) || !summary.has("exit_code")) {
      return Optional.empty();
    }
    ExitStatus status =
        ExitStatus.of(summary.number("exit_code"), String.valueOf(summary.text("status")))
            .orElse(null);
    ShardName shard = shard(summary.object("shard"));
    return status == null || (shard != null && !shard.isPossible())
        ? Optional.empty()
        : Optional.of(new Part(file, summary, status, shard));
  }

  private static @Nullable ShardName shard(@Nullable JsonLine shard) {
    return shard == null
        ? null
        : new ShardName(shard.number("index"), shard.number("count"), shard.text("bounds"));
  }

  /// Whether the run ended before it knew its endpoint. Its summary then says little.
  boolean hasNotBegun() {
    return !summary.has("endpoint") && status.code() != 0;
  }

  /// `CODE: MESSAGE`, or the exit code if the summary has no error.
  String reason() {
    JsonLine error = summary.object("error");
    return error == null
        ? "exit code " + status.code()
        : error.text("code") + ": " + error.text("message");
  }

  boolean isDryRun() {
    return summary.has("plan") || summary.number("planned") > 0;
  }

  /// The names of its targets.
  Set<String> targets() {
    return summary.objects("targets").stream()
        .map(target -> String.valueOf(target.text("target")))
        .collect(Collectors.toSet());
  }

  /// Objects that were finished before the run ended.
  long finished() {
    double seconds = summary.decimal("elapsed_seconds");
    return Math.round(summary.decimal("objects_per_second") * seconds);
  }
}
