package io.github.lotaprestage.resolve.checkpoint;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What Levanter writes last into a checkpoint: when it was written, and at which step.
record LevanterDescription(Candidate candidate, Instant timestamp, long step)
    implements Comparable<LevanterDescription> {

  static final String FILE = "metadata.json";

  private static final Pattern TIMESTAMP = Pattern.compile("\"timestamp\"\\s*:\\s*\"([^\"]+)\"");
  private static final Pattern STEP = Pattern.compile("\"step\"\\s*:\\s*([0-9]{1,18})");

  /// Empty if the text has no timestamp or no step.
  static Optional<LevanterDescription> parse(Candidate candidate, String json) {
    Matcher timestamp = TIMESTAMP.matcher(json);
    Matcher step = STEP.matcher(json);
    if (!timestamp.find() || !step.find()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new LevanterDescription(
              candidate, instant(timestamp.group(1)), Long.parseLong(step.group(1))));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /// Times without an offset are compared as if all had the same.
  private static Instant instant(String text) {
    TemporalAccessor time =
        DateTimeFormatter.ISO_DATE_TIME.parseBest(
            text.replace(' ', 'T'), OffsetDateTime::from, LocalDateTime::from);
    return time instanceof OffsetDateTime with
        ? with.toInstant()
        : LocalDateTime.from(time).toInstant(ZoneOffset.UTC);
  }

  @Override
  public int compareTo(LevanterDescription other) {
    return Comparator.comparing(LevanterDescription::timestamp)
        .thenComparingLong(LevanterDescription::step)
        .thenComparing(each -> each.candidate().number())
        .compare(this, other);
  }
}
