package io.github.lotaprestage.source.lists;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A line of `aws s3 ls --recursive`: date, time, size and key, such as `2026-03-01 12:00:00 1234
/// imagenet/1.tar`.
///
/// Its size and time are not used: the object may have been overwritten since, and its time has no
/// zone.
sealed interface AwsLsLine {

  record Key(String key) implements AwsLsLine {}

  /// A prefix, which is printed without `--recursive`.
  record Prefix() implements AwsLsLine {}

  /// A line that `--summarize` adds.
  record Total() implements AwsLsLine {}

  /// The size fills ten characters. Where it does not, a unit belongs to it if there is one.
  Pattern OBJECT =
      Pattern.compile(
          "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d "
              + "(?:(?=[ \\d]{10} ) *\\d+| *\\d+(?:\\.\\d+)? (?:Bytes?|[KMGTPE]iB)| *\\d+) (.+)",
          Pattern.DOTALL);

  Pattern PREFIX = Pattern.compile(" +PRE .*/");
  Pattern TOTAL = Pattern.compile("Total Objects: \\d+| *Total Size: .*");

  /// Empty if it is anything else.
  static Optional<AwsLsLine> parse(String line) {
    Matcher object = OBJECT.matcher(line);
    if (object.matches()) {
      return Optional.of(new Key(object.group(1)));
    }
    if (PREFIX.matcher(line).matches()) {
      return Optional.of(new Prefix());
    }
    return TOTAL.matcher(line).matches() ? Optional.of(new Total()) : Optional.empty();
  }
}
