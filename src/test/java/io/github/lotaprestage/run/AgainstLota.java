package io.github.lotaprestage.run;

import io.github.lotaprestage.fixture.Fault;
import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.MemoryOrigin;
import io.github.lotaprestage.fixture.Request;
import io.github.lotaprestage.fixture.TestStore;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/// A test of the command against an emulated LOTA that is stopped after it.
abstract class AgainstLota {

  /// Refuses the HEADs of keys that begin with `denied`.
  static final Fault.Plan DENIES =
      (request, _, key, _) ->
          isHead(request) && key.startsWith("denied")
              ? Fault.status(403, "AccessDenied")
              : Fault.NONE;

  final MemoryOrigin origin = new MemoryOrigin().bucket("bucket");

  private @Nullable LotaEmulator lota;

  LotaEmulator lota(UnaryOperator<LotaEmulator.Builder> more) {
    LotaEmulator started =
        more.apply(
                LotaEmulator.before(origin)
                    .keepNothing()
                    .credentials(TestStore.ACCESS_KEY, TestStore.SECRET_KEY))
            .start();
    lota = started;
    return started;
  }

  LotaEmulator lota() {
    return lota(builder -> builder);
  }

  LotaEmulator faulty(Fault.Plan faults) {
    return lota(builder -> builder.faults(faults));
  }

  @AfterEach
  void stop() {
    if (lota != null) {
      lota.close();
    }
  }

  static boolean isHead(Request request) {
    return request.method().equals("HEAD");
  }
}
