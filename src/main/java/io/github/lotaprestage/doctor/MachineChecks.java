package io.github.lotaprestage.doctor;

import io.github.lotaprestage.object.UnusableException;
import io.github.lotaprestage.report.Finding;
import io.github.lotaprestage.report.format.Units;
import io.github.lotaprestage.s3.probe.Descriptors;
import java.time.Duration;
import java.util.List;

/// Checks of the limits of this machine against the concurrency.
final class MachineChecks {

  static final String FILE_DESCRIPTORS = "file_descriptors";

  private static final Duration LIMIT = Duration.ofSeconds(1);

  private final int concurrency;
  private final long heap;

  /// @param heap the largest size of the heap, in bytes
  MachineChecks(int concurrency, long heap) {
    this.concurrency = concurrency;
    this.heap = heap;
  }

  List<Check> all() {
    return List.of(
        Check.other(FILE_DESCRIPTORS, LIMIT, _ -> descriptors()),
        Check.other("memory", LIMIT, _ -> memory()));
  }

  private Verdict descriptors() throws UnusableException {
    Descriptors found = Descriptors.of(concurrency);
    return found
        .warning()
        .map(warning -> Verdict.ofMessage(Finding.Status.WARN, warning))
        .orElseGet(() ->
            Verdict.ok(
                "%s file descriptors are enough for --concurrency %d"
                    .formatted(
                        found.limit().isPresent()
                            ? Units.count(found.limit().getAsLong())
                            : "unlimited",
                        concurrency)));
  }

  private Verdict memory() {
    long needed = HeapNeed.of(concurrency);
    String found =
        "Java may use a heap of %s; a run with --concurrency %d needs about %s"
            .formatted(Units.bytes(heap), concurrency, Units.bytes(needed));
    return heap >= needed
        ? Verdict.ok(found)
        : Verdict.warn(
            found,
            "raise the memory limit of the container, set LOTA_PRESTAGE_JAVA_OPTS=-Xmx1g, or lower"
                + " --concurrency");
  }
}
