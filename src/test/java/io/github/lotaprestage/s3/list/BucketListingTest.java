package io.github.lotaprestage.s3.list;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.engine.Retrying;
import io.github.lotaprestage.engine.pace.Throttle;
import io.github.lotaprestage.fixture.Answer;
import io.github.lotaprestage.fixture.Fault;
import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.MemoryOrigin;
import io.github.lotaprestage.plan.RetryPolicy;
import io.github.lotaprestage.s3.auth.Credentials;
import io.github.lotaprestage.s3.auth.Identity;
import io.github.lotaprestage.s3.auth.RenewableCredentials;
import io.github.lotaprestage.s3.config.Addressing;
import io.github.lotaprestage.s3.config.Endpoint;
import io.github.lotaprestage.s3.http.AnswerWatch;
import io.github.lotaprestage.s3.http.Connections;
import io.github.lotaprestage.s3.http.StoreClock;
import io.github.lotaprestage.s3.sign.Signing;
import io.github.lotaprestage.source.listing.Listing;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;

class BucketListingTest {

  @Test
  void aPageThatNeverComesIsCutAndAskedForAgain() throws Exception {
    MemoryOrigin origin = new MemoryOrigin().put("bucket", "k", 1);
    StoreClock clock = new StoreClock();
    try (LotaEmulator lota =
            LotaEmulator.before(origin)
                .faults((_, _, _, attempt) ->
                    attempt < 3 ? new Fault.Broken(Answer.Fate.STALLED) : Fault.NONE)
                .start();
        Connections connections =
            new Connections(
                () -> {
                  throw new AssertionError("no TLS here");
                },
                new AnswerWatch(clock))) {
      Endpoint endpoint = new Endpoint(lota.endpoint(), "test", new Addressing(false, "test"));
      Listing listing =
          new BucketListing(
              new ListRequests(new Signing(endpoint, Region.US_EAST_1, true, clock)),
              new ListClient(connections::send, Duration.ofMillis(500), new LongAdder()),
              new Identity(
                  RenewableCredentials.of(Credentials.NONE.issued(), Credentials.NONE::issued),
                  clock),
              new Retrying(RetryPolicy.attempts(5), new Throttle(1)));
      assertThat(listing.page(Listing.Query.first("bucket", "")).objects()).hasSize(1);
      assertThat(lota.seen().lists()).isEqualTo(3);
    }
  }
}
