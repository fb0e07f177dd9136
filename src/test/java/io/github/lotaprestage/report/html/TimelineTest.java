package io.github.lotaprestage.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimelineTest {

  private static final long SECOND = 1_000_000_000L;

  private static Timeline.Moment moment(long second) {
    return new Timeline.Moment(second * SECOND, second, 10 * second, 0, 0, 7);
  }

  @Test
  void aShortRunKeepsEveryMoment() {
    Timeline timeline = new Timeline();
    timeline.add(moment(1));
    timeline.add(moment(2));
    assertThat(timeline.moments()).hasSize(3).endsWith(moment(1), moment(2));
    assertThat(timeline.spacing()).isEqualTo(Duration.ofMillis(200));
  }

  @Test
  void timeThatDoesNotPassAddsNothing() {
    Timeline timeline = new Timeline();
    timeline.add(moment(1));
    timeline.add(moment(1));
    assertThat(timeline.moments()).hasSize(2);
  }

  @Test
  void aLongRunKeepsItsTotalsAtALowerResolution() {
    Timeline timeline = new Timeline();
    for (int second = 1; second <= 100_000; second++) {
      timeline.add(moment(second));
    }
    List<Timeline.Moment> moments = timeline.moments();
    assertThat(moments).hasSizeBetween(180, 362).endsWith(moment(100_000));
    assertThat(moments).isSortedAccordingTo((a, b) -> Long.compare(a.nanos(), b.nanos()));
    assertThat(moments.stream().skip(1))
        .allSatisfy(each -> {
          assertThat(each.bytes()).isEqualTo(10 * each.finished());
          assertThat(each.inFlight()).isEqualTo(7);
        });
    assertThat(timeline.spacing()).isGreaterThan(Duration.ofSeconds(20));
  }
}
