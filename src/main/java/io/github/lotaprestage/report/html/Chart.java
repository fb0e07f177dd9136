package io.github.lotaprestage.report.html;

import io.github.lotaprestage.report.format.Times;
import io.github.lotaprestage.report.format.Units;
import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// Draws a run over time: panels that share one axis. The drawings stretch to the width of the
/// page; labels are text beside them, so that they stay readable.
final class Chart {

  private static final int WIDTH = 1000;
  private static final int HEIGHT = 100;
  private static final int FEWEST = 4;

  private interface Format {
    String of(double value);
  }

  private final Html html;
  private final List<Timeline.Moment> moments;

  Chart(Html html, List<Timeline.Moment> moments) {
    this.html = html;
    this.moments = moments;
  }

  /// Writes nothing about a run that was too short.
  void write() {
    if (moments.size() < FEWEST) {
      return;
    }
    html.section("Over time").open("figure");
    Timeline.Moment last = moments.getLast();
    if (last.bytes() > 0) {
      rate("Throughput", Timeline.Moment::bytes, value -> Units.bytes(value) + "/s", "area");
    } else {
      rate("Objects", Timeline.Moment::finished, value -> Units.rate(value) + "/s", "area");
    }
    inFlight();
    if (last.throttled() > 0) {
      rate("Throttled", Timeline.Moment::throttled, value -> Units.rate(value) + "/s", "warn");
    }
    if (last.failed() > 0) {
      rate("Failed", Timeline.Moment::failed, value -> Units.rate(value) + "/s", "fail");
    }
    axis(last.nanos());
    html.close("figure").close("section");
  }

  private void rate(
      String name, ToDoubleFunction<Timeline.Moment> total, Format format, String style) {
    double[] values = new double[moments.size() - 1];
    for (int i = 0; i < values.length; i++) {
      Timeline.Moment from = moments.get(i);
      Timeline.Moment to = moments.get(i + 1);
      double more = total.applyAsDouble(to) - total.applyAsDouble(from);
      values[i] = Math.max(0, more) * 1e9 / (to.nanos() - from.nanos());
    }
    panel(name, values, format, style);
  }

  private void inFlight() {
    double[] values = new double[moments.size() - 1];
    for (int i = 0; i < values.length; i++) {
      values[i] = moments.get(i + 1).inFlight();
    }
    panel("In flight", values, value -> Long.toString(Math.round(value)), "line");
  }

  private void panel(String name, double[] values, Format format, String style) {
    double peak = 0;
    for (double value : values) {
      peak = Math.max(peak, value);
    }
    if (peak == 0) {
      return;
    }
    String highest = format.of(peak);
    html.open("div", "panel")
        .open("p", "label")
        .line("b", name)
        .line("span", "peak " + highest)
        .close("p");
    html.markup(
        "<svg viewBox=\"0 0 %d %d\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"%s over time, peak %s\">"
            .formatted(WIDTH, HEIGHT, Html.escaped(name), Html.escaped(highest)));
    html.markup("<path class=\"grid\" d=\"M0 0H%d M0 50H%d\"/>".formatted(WIDTH, WIDTH));
    html.markup("<path class=\"" + style + "\" d=\"" + steps(values, peak) + "\"/>");
    html.markup("<path class=\"base\" d=\"M0 %d H%d\"/></svg>\n".formatted(HEIGHT, WIDTH));
    html.close("div");
  }

  /// The outline of columns that begin and end on the base line.
  private String steps(double[] values, double peak) {
    StringBuilder path = new StringBuilder("M0 " + HEIGHT);
    double end = moments.getLast().nanos();
    for (int i = 0; i < values.length; i++) {
      path.append('V').append(rounded(HEIGHT - values[i] / peak * HEIGHT));
      path.append('H').append(rounded(moments.get(i + 1).nanos() / end * WIDTH));
    }
    return path.append('V').append(HEIGHT).toString();
  }

  private static String rounded(double value) {
    long tenths = Math.round(value * 10);
    return tenths % 10 == 0 ? Long.toString(tenths / 10) : tenths / 10 + "." + tenths % 10;
  }

  private void axis(long nanos) {
    html.open("p", "axis").line("span", "0 s");
    html.line("span", time(nanos / 2)).line("span", time(nanos)).close("p");
  }

  private static String time(long nanos) {
    return Times.rounded(Duration.ofNanos(nanos));
  }
}
