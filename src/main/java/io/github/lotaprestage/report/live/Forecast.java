package io.github.lotaprestage.report.live;

import io.github.lotaprestage.report.format.Times;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// When a run will be over.
final class Forecast {

  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("EEE HH:mm", Locale.ENGLISH);

  /// What takes longer is only slow at the moment.
  private static final double LONGEST = Duration.ofDays(365).toSeconds();

  private Forecast() {}

  /// `4 min left`, `ready 03:42`, `will fit --max-duration`; empty if nobody can know
  ///
  /// @param deadline of the run; null if there is none
  static List<Piece> of(double secondsLeft, ZonedDateTime now, @Nullable ZonedDateTime deadline) {
    if (!(secondsLeft <= LONGEST)) {
      return List.of();
    }
    LocalDate today = now.toLocalDate();
    Duration left = Duration.ofSeconds(Math.round(secondsLeft));
    ZonedDateTime ready = now.plus(left);
    List<Piece> pieces = new ArrayList<>();
    pieces.add(Piece.of(55, Piece.Colour.PLAIN, Times.rounded(left) + " left", ""));
    pieces.add(Piece.of(90, Piece.Colour.PLAIN, "ready " + at(ready, today), ""));
    if (deadline != null) {
      pieces.add(
          ready.isAfter(deadline)
              ? verdict(Piece.Colour.WARNING, "will not fit", " (" + at(deadline, today) + ")")
              : verdict(Piece.Colour.PLAIN, "will fit", ""));
    }
    return pieces;
  }

  private static Piece verdict(Piece.Colour colour, String words, String until) {
    return new Piece(
        List.of(20, 80, 80), colour, List.of(words + " --max-duration" + until, words, ""));
  }

  private static String at(ZonedDateTime time, LocalDate today) {
    LocalDate day = time.toLocalDate();
    if (day.equals(today)) {
      return TIME.format(time);
    }
    return day.isBefore(today.plusDays(7)) ? DAY.format(time) : day.toString();
  }
}
