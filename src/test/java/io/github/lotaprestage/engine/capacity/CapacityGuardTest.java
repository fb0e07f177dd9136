package io.github.lotaprestage.engine.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.engine.Stager;
import io.github.lotaprestage.object.Attempt;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.Outcome;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CapacityGuardTest {

  private final CapacityGuard guard =
      new CapacityGuard(
          10,
          true,
          new Stager() {
            @Override
            public Outcome send(ObjectRef object, Attempt attempt) {
              throw new AssertionError("the guard sends nothing by itself");
            }
          });

  private static ObjectRef object(String key, long size) {
    return new ObjectRef("bucket", key, size, null, null, null);
  }

  @Test
  void aRepeatedObjectThatDoesNotFitLeavesTheFirstReservationAlone() throws InterruptedException {
    assertThat(guard.withoutRequest(object("a", 6))).isNull();

    Outcome repeated = Objects.requireNonNull(guard.withoutRequest(object("a", 6)));
    guard.finished(repeated);

    assertThat(guard.used()).isEqualTo(6);
    assertThat(guard.withoutRequest(object("b", 8))).isNotNull();
  }
}
