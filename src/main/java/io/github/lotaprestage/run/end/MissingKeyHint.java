package io.github.lotaprestage.run.end;

import io.github.lotaprestage.engine.Prestager;
import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.Outcome;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;

/// Notes the first missing object whose key was perhaps not meant literally.
public final class MissingKeyHint implements Prestager.Listener {

  private static final Pattern AWS_LS =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d +\\d+ ");

  private final AtomicReference<String> hint = new AtomicReference<>();

  @Override
  public void finished(Outcome outcome) {
    if (outcome instanceof Outcome.Failed failed
        && failed.error().kind() == Failure.Kind.NO_SUCH_KEY
        && hint.get() == null) {
      ObjectRef object = failed.object();
      meaning(object.key()).ifPresent(text -> hint.compareAndSet(null, object.uri() + " " + text));
    }
  }

  /// A sentence about that object, if there was one.
  Optional<String> hint() {
    return Optional.ofNullable(hint.get());
  }

  private static Optional<String> meaning(String key) {
    if (key.endsWith("\r")) {
      return Optional.of("ends with a carriage return; remove it from the end of the key");
    }
    if (key.startsWith(" ") || key.endsWith(" ")) {
      return Optional.of("begins or ends with a space; remove it if it does not belong to the key");
    }
    if (key.contains("{\"type\":")) {
      return Optional.of("looks like a line of -o json; add --files-format ndjson");
    }
    if (AWS_LS.matcher(key).find()) {
      return Optional.of("looks like a line of aws s3 ls; add --files-format aws-ls");
    }
    if (key.indexOf('{') >= 0) {
      return Optional.of(
          "contains a literal '{': braces are expanded only in a TARGET without --raw, and only"
              + " ranges and lists such as {000..127} and {a,b}");
    }
    if (key.indexOf('[') >= 0) {
      return Optional.of(
          "contains a literal '[': only * and ? are wildcards, and {0..9} is a range");
    }
    return Optional.empty();
  }
}
