package io.github.lotaprestage.report;

import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.Outcome;
import io.github.lotaprestage.report.format.Columns;
import io.github.lotaprestage.report.format.Escapes;
import io.github.lotaprestage.report.format.Times;
import io.github.lotaprestage.report.format.Units;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes aligned lines for finished objects: status, size, seconds, URI, then other metadata.
///
/// Lines fit the terminal. What is left out first are the metadata, the last of them first; then
/// the seconds and the middle of the URI. A failed object is written in full, because somebody has
/// to do something about it.
final class ObjectRow {

  private static final int STATUS = "prestaged".length();
  private static final int SIZE = 10;
  private static final int SECONDS = 12;
  private static final String GAP = "  ";

  /// The columns that a URI should have before the seconds are shown.
  private static final int USUAL_URI = 30;

  private static final int SHORTEST_URI = 10;

  private static final String GREEN = "\u001b[32m";
  private static final String YELLOW = "\u001b[33m";
  private static final String RED = "\u001b[31m";
  private static final String RESET = "\u001b[0m";

  private final Appendable out;
  private final boolean colour;

  ObjectRow(Appendable out, boolean colour) {
    this.out = out;
    this.colour = colour;
  }

  /// @param columns of the terminal
  void write(Outcome outcome, int columns) throws IOException {
    ObjectRef object = outcome.object();
    String uri = Escapes.visible(object.display());
    status(outcome);
    out.append(Columns.right(object.size() == null ? "-" : Units.bytes(object.size()), SIZE));
    int room = columns - STATUS - SIZE - GAP.length();
    if (room >= SECONDS + USUAL_URI || outcome instanceof Outcome.Failed) {
      out.append(Columns.right(seconds(outcome), SECONDS));
      room -= SECONDS;
    }
    switch (outcome) {
      case Outcome.Prestaged done -> {
        String changed = done.changed() ? "(changed since it was listed)" : null;
        uri(uri, room);
        extras(room - Columns.width(uri), metadata(object, done.contentType()), changed);
      }
      case Outcome.Planned _ -> {
        uri(uri, room);
        extras(room - Columns.width(uri), metadata(object, null), null);
      }
      case Outcome.Skipped skipped -> {
        String reason = GAP + skipped.reason().word();
        uri(uri, room - reason.length());
        out.append(reason);
      }
      case Outcome.Failed failed ->
          out.append(GAP).append(uri).append(GAP).append(Escapes.visible(reason(failed)));
    }
    out.append('\n');
  }

  private void status(Outcome outcome) throws IOException {
    String word = Status.of(outcome);
    String begin = colour ? colour(outcome) : "";
    out.append(begin).append(word).append(begin.isEmpty() ? "" : RESET);
    out.append(" ".repeat(STATUS - word.length()));
  }

  private static String colour(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Prestaged done -> done.changed() ? YELLOW : GREEN;
      case Outcome.Failed _ -> RED;
      case Outcome.Skipped done -> done.reason().isUnsent() ? YELLOW : "";
      case Outcome.Planned _ -> "";
    };
  }

  private static String seconds(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Prestaged done -> Times.measured(done.duration());
      case Outcome.Failed failed when failed.attempts().sent() > 0 ->
          Times.measured(failed.duration());
      case Outcome.Failed _, Outcome.Skipped _, Outcome.Planned _ -> "-";
    };
  }

  private void uri(String uri, int room) throws IOException {
    out.append(GAP).append(Columns.shortened(uri, Math.max(room, SHORTEST_URI)));
  }

  private static List<String> metadata(ObjectRef object, @Nullable String contentType) {
    List<String> all = new ArrayList<>();
    for (Object each : new @Nullable Object[] {object.etag(), contentType, object.lastModified()}) {
      if (each != null) {
        all.add(GAP + Escapes.visible(each.toString()));
      }
    }
    return all;
  }

  /// @param last what matters more than the metadata before it; null if there is nothing
  private void extras(int room, List<String> metadata, @Nullable String last) throws IOException {
    String end = last == null || GAP.length() + last.length() > room ? "" : GAP + last;
    int left = room - end.length();
    for (String each : metadata) {
      left -= Columns.width(each);
      if (left < 0) {
        break;
      }
      out.append(each);
    }
    out.append(end);
  }

  private static String reason(Outcome.Failed failed) {
    Failure error = failed.error();
    return error.describe()
        + (failed.attempts().sent() > 1 ? ", after " + failed.attempts().sent() + " attempts" : "")
        + (error.requestId() == null ? "" : " (request " + error.requestId() + ")");
  }
}
