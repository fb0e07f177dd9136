package io.github.lotaprestage.report.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.engine.pace.Pending;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.Outcome;
import io.github.lotaprestage.plan.OutputOptions;
import io.github.lotaprestage.report.Console;
import io.github.lotaprestage.report.ResultWriter.TextStyle;
import io.github.lotaprestage.report.format.Columns;
import io.github.lotaprestage.report.format.Terminal;
import io.github.lotaprestage.report.sink.Snapshot;
import io.github.lotaprestage.report.sink.StandardOutput;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LiveDisplayTest {

  private static final long GIB = 1L << 30;

  private final Screen screen = new Screen();
  private final Console console =
      new Console(new PrintStream(screen, true, StandardCharsets.UTF_8), true, true);

  private int columns = 200;
  private int rows = 24;
  private OptionalLong totalBytes = OptionalLong.of(2000 * GIB);
  private boolean stopping;
  private @Nullable Pending slowest =
      new Pending(
          new ObjectRef("bucket", "日本/🚀/" + "x".repeat(90) + ".tar", 500 * GIB, null, null, null),
          Duration.ofSeconds(750));

  private final class Window implements Terminal {
    @Override
    public int columns() {
      return columns;
    }

    @Override
    public int rows() {
      return rows;
    }
  }

  private final class State implements Standing {
    @Override
    public OptionalLong totalBytes() {
      return totalBytes;
    }

    @Override
    public Optional<Pending> slowest() {
      return Optional.ofNullable(slowest);
    }

    @Override
    public boolean stopping() {
      return stopping;
    }
  }

  private LiveDisplay display(boolean scrolls, @Nullable Duration timeLeft) {
    return new LiveDisplay(console, new Window(), scrolls, false, new State(), timeLeft);
  }

  private static Snapshot at(int seconds, long finished, long selected, boolean known) {
    return new Snapshot(
        selected,
        selected,
        known,
        finished,
        finished,
        0,
        2,
        0,
        13,
        finished,
        finished * GIB,
        300,
        Duration.ZERO,
        Duration.ofSeconds(seconds));
  }

  /// Objects of 1 GiB, each throttled once.
  private static LiveDisplay finish(LiveDisplay display, int objects) {
    for (int i = 0; i < objects; i++) {
      display.object(
          new Outcome.Prestaged(
              new ObjectRef("bucket", "k" + i, GIB, null, null, null),
              null,
              new Outcome.Attempts(2, 1),
              Duration.ZERO));
    }
    return display;
  }

  @Test
  void oneLineHasEverythingIfThereIsRoom() {
    finish(display(true, null), 1000).progress(at(100, 1000, 2000, true));
    assertThat(screen.shown())
        .startsWith("[##########----------]  50%  1,000 of 2,000 objects  1000.0 GiB of 2.0 TiB")
        .contains("  2 failed  1,000 throttled  1 min 40 s left  ready ")
        .contains("  10/s  10.0 GiB/s  300 in flight  slowest 12 min")
        .doesNotContain("\n");
  }

  @Test
  void theNarrowestLineKeepsWhatMattersMost() {
    columns = 40;
    finish(display(true, null), 1000).progress(at(100, 1000, 2000, true));
    assertThat(screen.shown()).matches("50%  1,000/2,000  2 failed  ready ..:..");
  }

  @Test
  void threeLinesWhereNothingScrolls() {
    columns = 80;
    finish(display(false, null), 1000).progress(at(100, 1000, 2000, true));
    assertThat(screen.shown().lines()).hasSize(3);
    assertThat(screen.shown())
        .contains("\n2 failed  1,000 throttled  10/s")
        .contains("\nslowest 12 min 30 s, 500.0 GiB  ...xxx");
  }

  @Test
  void aLowWindowGetsOneLine() {
    rows = 6;
    finish(display(false, null), 1).progress(at(100, 1, 2, true));
    assertThat(screen.shown()).doesNotContain("\n");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void itFitsAnyWidthWhileThatChanges(boolean scrolls) {
    LiveDisplay display = finish(display(scrolls, Duration.ofSeconds(60)), 1000);
    for (columns = 200; columns >= 40; columns--) {
      display.progress(at(100, 1000, 2000, true));
      assertThat(screen.shown().lines())
          .isNotEmpty()
          .allSatisfy(line -> assertThat(Columns.width(line)).isLessThan(columns));
    }
    display.end();
    assertThat(screen.shown()).isEmpty();
  }

  @Test
  void theTotalIsOpenUntilTheListingIsDone() {
    totalBytes = OptionalLong.empty();
    LiveDisplay display = finish(display(true, null), 1000);
    display.progress(at(100, 1000, 2000, false));
    assertThat(screen.shown()).contains("1,000 of 2,000+ objects").doesNotContain("%", "ready");
    display.progress(at(101, 1000, 2000, true));
    assertThat(screen.shown()).contains("50%  1,000 of 2,000 objects");
  }

  @Test
  void aFewLargeObjectsThatAreLeftCount() {
    finish(display(true, null), 1000).progress(at(100, 1000, 1010, true));
    assertThat(screen.shown()).contains(" 50%  1,000 of 1,010");
  }

  @Test
  void itSaysWhetherTheTimeIsEnough() {
    finish(display(true, Duration.ofMinutes(20)), 1000).progress(at(100, 1000, 2000, true));
    assertThat(screen.shown()).contains("  will fit --max-duration  ");
    finish(display(true, Duration.ofSeconds(20)), 1000).progress(at(100, 1000, 2000, true));
    assertThat(screen.shown()).contains("  will not fit --max-duration (");
  }

  @Test
  void aRunThatStopsHasNoForecast() {
    stopping = true;
    finish(display(true, null), 1000).progress(at(100, 1000, 2000, true));
    assertThat(screen.shown()).contains("stopping").doesNotContain("ready");
  }

  @Test
  void messagesStayAboveIt() {
    LiveDisplay display = finish(display(false, null), 1000);
    display.progress(at(100, 1000, 2000, true));
    console.message("one");
    assertThat(screen.shown()).startsWith("lota-prestage: one\n[###").contains("\nslowest ");
    display.progress(at(101, 1000, 2000, true));
    console.message("two");
    display.end();
    display.progress(at(102, 1000, 2000, true));
    console.message("three");
    assertThat(screen.shown())
        .isEqualTo("lota-prestage: one\nlota-prestage: two\nlota-prestage: three");
  }

  @Test
  void resultsStayAboveIt() throws IOException {
    LiveDisplay display = finish(display(true, null), 1000);
    display.progress(at(100, 1000, 2000, true));
    StandardOutput results =
        new StandardOutput(
            screen,
            new TextStyle(false, new Window()),
            console,
            OutputOptions.builder().build(),
            () -> {});
    results.object(new Outcome.Planned(ObjectRef.named("bucket", "k")));
    assertThat(screen.shown()).as("until the line is written").startsWith("[####");
    results.flush();
    assertThat(screen.shown()).matches("planned +- +-  s3://bucket/k");
    display.flush();
    assertThat(screen.shown()).containsPattern("^planned .*k\n\\[####");
    display.end();
    assertThat(screen.shown()).matches("planned +- +-  s3://bucket/k");
  }

  @Test
  void nothingThatAKeyContainsActsOnTheTerminal() {
    slowest = new Pending(ObjectRef.named("bucket", "a\u001b[2J\n\u202eb"), Duration.ofSeconds(3));
    display(false, null).progress(at(100, 1000, 2000, true));
    assertThat(screen.written()).doesNotContain("\u001b[2J", "\u202e").contains("a\\u{1b}[2J\\n");
  }

  @Test
  void theSpeedIsThatOfTheLastSeconds() {
    Speed speed = new Speed();
    speed.add(Duration.ofSeconds(100), 1000, 0);
    assertThat(speed.recentObjects()).isEqualTo(10);
    for (int second = 101; second <= 140; second++) {
      speed.add(Duration.ofSeconds(second), 1000 + 2L * (second - 100), 0);
    }
    assertThat(speed.recentObjects()).isEqualTo(2);
    assertThat(speed.secondsFor(20, 0)).isEqualTo(10);
  }

  @Test
  void nothingIsPromisedIfNothingFinished() {
    assertThat(new Speed().secondsFor(5, 0)).isInfinite();
    display(true, null).progress(at(100, 0, 2000, true));
    assertThat(screen.shown()).doesNotContain("ready", "NaN").contains(" 0%  0 of 2,000");
  }
}
