package io.github.lotaprestage.resolve.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumberedNameTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "step-900 < step-1000",
        "iter_0000900 < iter_0001000 < iter_10000000",
        "0023 < 100",
        "2026-09-30 < 2026-10-01",
        "2026-9-30 < 2026-10-1",
        "2026.09.30 < 2026.10.1",
        "20261124T235959 < 20261125T000000",
        "2026-11-25T09:59:59Z < 2026-11-25T10:00:00Z",
        "epoch=3-step=200 < epoch=3-step=1000 < epoch=10-step=50",
        "epoch=3-step=200 < epoch=3-step=200-v1 < epoch=3-step=200-v2",
        "epoch=1-val_loss=0.9-step=10 < epoch=1-val_loss=0.1-step=20",
        "val_loss=0.90-epoch=1 < val_loss=0.10-epoch=2",
        "step=900-val_loss=-0.5 < step=1000-val_loss=-1.5",
        "step=900-val_loss=9.5e-05 < step=1000-val_loss=1.5e-07",
        "step=900-loss=1e+3 < step=1000-loss=1e-3",
        "step=900-loss=nan < step=1000-loss=inf",
        "03-0.99 < 04-0.10",
        "03--1.5e-05 < 04--9.5e-05",
        "v1.9 < v1.10",
        "loss0.90-100 < loss0.10-200",
        "llama-3.1-8b-step-900 < llama-3.1-8b-step-1000",
        "step < step-1",
        "step-99999999999999999999 < step-100000000000000000000",
      })
  void numbersCountFromLeftToRight(String order) {
    List<String> names = List.of(order.split(" < ", -1));
    assertThat(names.reversed().stream().map(NumberedName::of).sorted().map(NumberedName::name))
        .containsExactlyElementsOf(names);
  }

  @ParameterizedTest
  @ValueSource(strings = {"step-900 step-0900", "03-0.5 3-0.5", "step=900-loss=1 step=900-loss=-2"})
  void equalNumbersAreATie(String names) {
    List<String> both = List.of(names.split(" ", -1));
    NumberedName one = NumberedName.of(both.getFirst());
    NumberedName other = NumberedName.of(both.getLast());
    assertThat(one.compareNumbers(other)).isZero();
    assertThat(one.compareTo(other)).isNotZero();
  }
}
