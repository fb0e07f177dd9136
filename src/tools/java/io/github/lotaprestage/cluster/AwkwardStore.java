package io.github.lotaprestage.cluster;

import io.github.lotaprestage.fixture.Fault;
import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.MemoryOrigin;
import io.github.lotaprestage.fixture.Request;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/// An emulated LOTA for `scripts/test-cluster`, in which runs fail or can be stopped at a known
/// point. Each of these prefixes of the bucket has 20 objects:
///
/// | prefix | what happens |
/// |---|---|
/// | `some/` | every tenth object is missing |
/// | `busy/` | every HEAD gets 503 |
/// | `held/` | no HEAD is answered |
/// | `listing/` | no listing is answered |
public final class AwkwardStore {

  private static final int OBJECTS = 20;

  private final CountDownLatch never = new CountDownLatch(1);
  private final Set<String> announced = ConcurrentHashMap.newKeySet();

  private AwkwardStore() {}

  /// Writes its port to standard output, then the name of each of the last three prefixes as soon
  /// as a run is at its point. Serves until it is killed.
  public static void main(String[] arguments) throws IOException, InterruptedException {
    MemoryOrigin origin = new MemoryOrigin().bucket("bucket");
    for (String prefix : new String[] {"some", "busy", "held", "listing"}) {
      for (int i = 0; i < OBJECTS; i++) {
        origin.put("bucket", String.format(Locale.ROOT, "%s/%03d", prefix, i), 1);
      }
    }
    AwkwardStore store = new AwkwardStore();
    try (LotaEmulator lota =
        LotaEmulator.before(origin).keepNothing().allowPathStyle().faults(store::fault).start()) {
      System.out.println(lota.address().getPort());
      store.never.await();
    }
  }

  private Fault fault(Request request, String bucket, String key, int attempt) {
    if (request.method().equals("GET")) {
      return request.parameters().getOrDefault("prefix", "").equals("listing/")
          ? hold("listing")
          : Fault.NONE;
    }
    if (key.startsWith("some/") && key.endsWith("0")) {
      return Fault.status(404, "NoSuchKey");
    }
    if (key.startsWith("busy/")) {
      if (attempt > 1) {
        announce("busy");
      }
      return Fault.status(503, "SlowDown");
    }
    return key.startsWith("held/") ? hold("held") : Fault.NONE;
  }

  private Fault hold(String prefix) {
    announce(prefix);
    return new Fault.Hold(never);
  }

  private void announce(String prefix) {
    if (announced.add(prefix)) {
      System.out.println(prefix);
    }
  }
}
