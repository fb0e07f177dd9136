package io.github.lotaprestage.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.report.Finding;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MachineChecksTest {

  private static Verdict memory(int concurrency, long heap) throws Exception {
    Check check = new MachineChecks(concurrency, heap).all().getLast();
    assertThat(check.name()).isEqualTo("memory");
    return check.body().make(Duration.ofSeconds(1));
  }

  /// The smallest heaps in which the packaged program worked.
  @ParameterizedTest
  @CsvSource({"10, 9", "300, 17", "1000, 25", "3000, 40"})
  void theNeedIsAtLeastHalfAsMuchAgainAsWasMeasured(int concurrency, long mebibytes) {
    assertThat(HeapNeed.of(concurrency))
        .isBetween((mebibytes << 20) * 3 / 2, (mebibytes << 20) * 3);
  }

  @Test
  void aSmallHeapIsAWarningThatNamesBothSizes() throws Exception {
    Verdict small = memory(3000, 64 << 20);
    assertThat(small.status()).isEqualTo(Finding.Status.WARN);
    assertThat(small.text()).contains("64.0 MiB", "--concurrency 3000 needs about 70.9 MiB");
    assertThat(small.fix()).contains("lower --concurrency");
    assertThat(memory(300, 64 << 20).status()).isEqualTo(Finding.Status.OK);
  }
}
