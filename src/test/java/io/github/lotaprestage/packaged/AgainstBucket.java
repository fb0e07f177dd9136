package io.github.lotaprestage.packaged;

import io.github.lotaprestage.fixture.Fault;
import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.MemoryOrigin;
import io.github.lotaprestage.fixture.Request;
import io.github.lotaprestage.fixture.TestStore;
import org.junit.jupiter.api.AfterEach;

/// A test of the packaged program with 1,500 objects below `data/` and keys whose HEAD is refused.
abstract class AgainstBucket {

  static final MemoryOrigin ORIGIN = new MemoryOrigin().bucket("bucket");

  static {
    for (int i = 0; i < 1500; i++) {
      ORIGIN.put("bucket", "data/%04d".formatted(i), i);
    }
    ORIGIN
        .put("bucket", "denied/key", 1)
        .put("bucket", "half/good", 1)
        .put("bucket", "half/bad", 1)
        .put("bucket", "ünï/😀 key", 1);
  }

  final LotaEmulator lota =
      LotaEmulator.before(ORIGIN)
          .keepNothing()
          .credentials(TestStore.ACCESS_KEY, TestStore.SECRET_KEY)
          .faults(AgainstBucket::fault)
          .start();

  private static Fault fault(Request request, String bucket, String key, int attempt) {
    boolean head = request.method().equals("HEAD");
    return head && (key.startsWith("denied/") || key.equals("half/bad"))
        ? Fault.status(403, "AccessDenied")
        : Fault.NONE;
  }

  @AfterEach
  void stop() {
    lota.close();
  }
}
