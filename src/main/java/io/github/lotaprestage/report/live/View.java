package io.github.lotaprestage.report.live;

import io.github.lotaprestage.engine.pace.Pending;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.report.format.Columns;
import io.github.lotaprestage.report.format.Escapes;
import io.github.lotaprestage.report.format.Times;
import io.github.lotaprestage.report.format.Units;
import io.github.lotaprestage.report.live.Piece.Colour;
import io.github.lotaprestage.report.sink.Snapshot;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What there is to see of a run at one moment.
///
/// @param finishedBytes of all finished objects, whatever their outcome
/// @param slowest null if nothing is in flight
/// @param stopping whether nothing more is sent
/// @param deadline of the run; null if there is none
record View(
    Snapshot now,
    long finishedBytes,
    OptionalLong totalBytes,
    @Nullable Pending slowest,
    boolean stopping,
    Speed speed,
    ZonedDateTime time,
    @Nullable ZonedDateTime deadline) {

  private static final int[] BARS = {20, 10, 0};
  private static final Duration FIRST_FORECAST = Duration.ofSeconds(3);
  private static final Duration SLOW = Duration.ofSeconds(2);

  /// Everything in one line.
  List<Piece> line(int columns) {
    List<Piece> pieces = new ArrayList<>();
    addBar(pieces);
    addTotals(pieces);
    addTrouble(pieces);
    addForecast(pieces);
    addSpeed(pieces);
    Pending slow = slowest;
    if (slow != null && slow.age().compareTo(SLOW) >= 0) {
      pieces.add(
          Piece.of(
              10,
              Colour.ASIDE,
              "slowest " + age(slow) + size(slow.object()) + " " + name(slow.object(), columns / 4),
              "slowest " + age(slow) + size(slow.object()),
              "slowest " + age(slow),
              ""));
    }
    return pieces;
  }

  /// The totals, the speed, and the slowest object.
  List<List<Piece>> lines(int columns) {
    List<Piece> first = new ArrayList<>();
    addBar(first);
    addTotals(first);
    addForecast(first);
    List<Piece> second = new ArrayList<>();
    addTrouble(second);
    addSpeed(second);
    Pending slow = slowest;
    if (slow == null || slow.age().compareTo(SLOW) < 0) {
      return List.of(first, second);
    }
    return List.of(first, second, List.of(Piece.of(0, Colour.ASIDE, slowest(slow, columns))));
  }

  private static String slowest(Pending slow, int columns) {
    String what = age(slow) + size(slow.object()) + "  ";
    String uri = Escapes.visible(slow.object().uri());
    String full = "slowest in flight: " + what + uri;
    if (Columns.width(full) <= columns) {
      return full;
    }
    String begin = "slowest " + what;
    return (begin + Columns.end(uri, columns - Columns.width(begin))).stripTrailing();
  }

  private void addBar(List<Piece> pieces) {
    if (!now.totalKnown() || now.selected() == 0) {
      return;
    }
    double share = share();
    List<String> bars = new ArrayList<>();
    for (int length : BARS) {
      bars.add(bar(share, length));
    }
    pieces.add(new Piece(List.of(15, 62, 62), Colour.GOOD, bars));
    int percent = (int) (share * 100);
    pieces.add(Piece.of(100, Colour.PLAIN, " ".repeat(percent < 10 ? 1 : 0) + percent + "%"));
  }

  /// The smaller of the shares of objects and bytes, so that it never promises too much.
  private double share() {
    double share = (double) now.finished() / now.selected();
    long bytes = totalBytes.orElse(0);
    return bytes <= 0 ? share : Math.min(share, (double) Math.min(finishedBytes, bytes) / bytes);
  }

  private static String bar(double share, int length) {
    int full = (int) (share * length);
    return length == 0 ? "" : "[" + "#".repeat(full) + "-".repeat(length - full) + "]";
  }

  private void addTotals(List<Piece> pieces) {
    String more = now.totalKnown() ? "" : "+";
    String finished = Units.count(now.finished());
    String selected = Units.count(now.selected()) + more;
    if (now.selected() == 0) {
      pieces.add(
          Piece.of(100, Colour.PLAIN, "listed " + Units.count(now.listed()) + more + " so far"));
    } else {
      pieces.add(
          Piece.of(
              60,
              Colour.PLAIN,
              finished + " of " + selected + " objects",
              finished + "/" + selected));
    }
    if (finishedBytes > 0 || totalBytes.orElse(0) > 0) {
      String bytes = Units.bytes(finishedBytes);
      String all =
          totalBytes.isPresent() ? bytes + " of " + Units.bytes(totalBytes.getAsLong()) : bytes;
      pieces.add(new Piece(List.of(28, 50, 50), Colour.PLAIN, List.of(all, bytes, "")));
    }
  }

  private void addTrouble(List<Piece> pieces) {
    if (now.failed() > 0) {
      pieces.add(Piece.of(95, Colour.BAD, Units.count(now.failed()) + " failed"));
    }
    if (now.isSilent()) {
      String time = Times.rounded(Duration.ofSeconds(now.silence().toSeconds()));
      pieces.add(Piece.of(85, Colour.WARNING, "no answer for " + time, ""));
    }
    if (now.throttled() > 0) {
      pieces.add(Piece.of(40, Colour.WARNING, Units.count(now.throttled()) + " throttled", ""));
    }
  }

  private void addForecast(List<Piece> pieces) {
    if (stopping) {
      pieces.add(Piece.of(92, Colour.WARNING, "stopping"));
      return;
    }
    if (now.isIdle() && now.finished() > 0 && !now.totalKnown()) {
      pieces.add(Piece.of(60, Colour.PLAIN, "waiting for more objects", "waiting", ""));
      return;
    }
    if (!now.totalKnown() || now.elapsed().compareTo(FIRST_FORECAST) < 0) {
      return;
    }
    double left =
        speed.secondsFor(
            now.selected() - now.finished(), Math.max(0, totalBytes.orElse(0) - finishedBytes));
    pieces.addAll(Forecast.of(left, time, deadline));
  }

  private void addSpeed(List<Piece> pieces) {
    String recent = Units.rate(speed.recentObjects()) + "/s";
    String both = speed.hasPast() ? recent + " (average " + average() + "/s)" : recent;
    pieces.add(new Piece(List.of(12, 30, 30), Colour.PLAIN, List.of(both, recent, "")));
    if (finishedBytes > 0) {
      pieces.add(Piece.of(25, Colour.PLAIN, Units.bytes(speed.recentBytes()) + "/s", ""));
    }
    pieces.add(Piece.of(35, Colour.PLAIN, Units.count(now.inFlight()) + " in flight", ""));
  }

  private String average() {
    return Units.rate(now.objectsPerSecond());
  }

  private static String age(Pending pending) {
    return Times.rounded(Duration.ofSeconds(pending.age().toSeconds()));
  }

  private static String size(ObjectRef object) {
    return object.size() == null ? "" : ", " + Units.bytes(object.size());
  }

  private static String name(ObjectRef object, int columns) {
    return Columns.end(Escapes.visible(object.key()), columns);
  }
}
