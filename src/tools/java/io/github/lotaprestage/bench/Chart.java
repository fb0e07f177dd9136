package io.github.lotaprestage.bench;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;

/// A bar chart as SVG.
final class Chart {

  private static final int LABEL = 260;
  private static final int BARS = 340;
  private static final int ROW = 30;

  private Chart() {}

  /// @param bars value by name, in order of appearance
  static String of(String title, String unit, Map<String, Double> bars) {
    double most = Collections.max(bars.values());
    int height = 40 + ROW * bars.size();
    StringBuilder svg =
        new StringBuilder(
            """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 700 %d" font-family="sans-serif" \
            font-size="14" role="img" aria-label="%s">
            <rect width="700" height="%d" fill="#ffffff"/>
            <text x="10" y="22" font-weight="bold">%s</text>
            """
                .formatted(height, title, height, title));
    int y = 40;
    for (Map.Entry<String, Double> bar : bars.entrySet()) {
      double width = Math.max(1, BARS * bar.getValue() / most);
      svg.append(
          String.format(
              Locale.ROOT,
              """
              <text x="%d" y="%d" text-anchor="end">%s</text>
              <rect x="%d" y="%d" width="%.1f" height="18" fill="%s"/>
              <text x="%.1f" y="%d">%s %s</text>
              """,
              LABEL - 10,
              y + 14,
              bar.getKey(),
              LABEL,
              y,
              width,
              bar.getKey().startsWith("lota-prestage") ? "#2266aa" : "#999999",
              LABEL + width + 6,
              y + 14,
              Figures.rounded(bar.getValue()),
              unit));
      y += ROW;
    }
    return svg.append("</svg>\n").toString();
  }
}
