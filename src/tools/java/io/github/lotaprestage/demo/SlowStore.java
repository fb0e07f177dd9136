package io.github.lotaprestage.demo;

import io.github.lotaprestage.fixture.Fault;
import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.MemoryOrigin;
import io.github.lotaprestage.fixture.Request;
import io.github.lotaprestage.fixture.TestStore;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;

/// An emulated LOTA for `scripts/captures`: slow enough to watch a run on a terminal, with a few
/// failures, answers that ask for fewer requests, and one object that takes much longer.
public final class SlowStore {

  private static final long GIB = 1L << 30;
  private static final int SHARDS = 1200;
  private static final Duration LONG = Duration.ofSeconds(40);

  private SlowStore() {}

  /// Writes the endpoint to standard output, and ends when standard input does.
  public static void main(String[] arguments) throws IOException {
    MemoryOrigin origin = new MemoryOrigin().bucket("bucket");
    for (int i = 0; i < SHARDS; i++) {
      origin.put("bucket", String.format(Locale.ROOT, "imagenet/train-%06d.tar", i), GIB + i);
    }
    origin.put("bucket", "imagenet/写真/日本語-データセット-🚀.tar", 40 * GIB);
    try (LotaEmulator lota =
        LotaEmulator.before(origin)
            .keepNothing()
            .credentials(TestStore.ACCESS_KEY, TestStore.SECRET_KEY)
            .faults(SlowStore::fault)
            .start()) {
      System.out.println(lota.endpoint());
      while (System.in.read() >= 0) {
        // until it ends
      }
    }
  }

  private static Fault fault(Request request, String bucket, String key, int attempt) {
    if (!request.method().equals("HEAD")) {
      return Fault.NONE;
    }
    int number = Math.floorMod(key.hashCode(), 100);
    if (key.contains("写真")) {
      return new Fault.Delay(LONG);
    }
    if (number == 7 && attempt == 1) {
      return Fault.status(503, "SlowDown");
    }
    return key.endsWith("00333.tar")
        ? Fault.status(403, "AccessDenied")
        : new Fault.Delay(Duration.ofMillis(400 + 12L * number));
  }
}
