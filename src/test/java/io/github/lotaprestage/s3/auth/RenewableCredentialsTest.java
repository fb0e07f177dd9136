package io.github.lotaprestage.s3.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.Failure.Kind;
import io.github.lotaprestage.object.RequestFailedException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// When credentials are renewed, and what happens when that fails.
@Timeout(60)
class RenewableCredentialsTest {

  private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

  private Instant now = START;
  private int loads;
  private RenewableCredentials.Loader loader =
      () -> {
        throw new CredentialsException("the source is gone");
      };

  private final Clock clock =
      new Clock() {
        @Override
        public ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          return this;
        }

        @Override
        public Instant instant() {
          return now;
        }
      };

  private static IssuedCredentials issued(String key, @Nullable Instant expires)
      throws CredentialsException {
    return new IssuedCredentials(
        IssuedCredentials.keys("test", key, "secret", "").credentials(), expires);
  }

  private RenewableCredentials credentials(IssuedCredentials first) {
    return RenewableCredentials.of(
        first,
        () -> {
          loads++;
          return loader.load();
        },
        clock);
  }

  private static String keyUsed(RenewableCredentials credentials) throws Exception {
    return credentials.use(used -> used.accessKeyId());
  }

  @Test
  void nothingIsRenewedLongBeforeTheEnd() throws Exception {
    RenewableCredentials credentials = credentials(issued("A", START.plus(Duration.ofHours(1))));
    now = START.plus(Duration.ofMinutes(54));
    assertThat(keyUsed(credentials)).isEqualTo("A");
    assertThat(loads).isZero();
  }

  @Test
  void shortlyBeforeTheEndTheyAreRenewed() throws Exception {
    RenewableCredentials credentials = credentials(issued("A", START.plus(Duration.ofHours(1))));
    loader = () -> issued("B", START.plus(Duration.ofHours(2)));
    now = START.plus(Duration.ofMinutes(56));
    assertThat(keyUsed(credentials)).isEqualTo("B");
  }

  @Test
  void aFailedRenewalKeepsTheOldOnesUntilTheirEnd() throws Exception {
    RenewableCredentials credentials = credentials(issued("A", START.plus(Duration.ofHours(1))));
    now = START.plus(Duration.ofMinutes(56));
    assertThat(keyUsed(credentials)).isEqualTo("A");
    assertThat(keyUsed(credentials)).isEqualTo("A");
    assertThat(loads).as("not again at once").isEqualTo(1);
    now = START.plus(Duration.ofHours(1));
    assertThatThrownBy(() -> keyUsed(credentials))
        .isInstanceOfSatisfying(
            RequestFailedException.class,
            e -> {
              assertThat(e.error().kind()).isEqualTo(Kind.NO_CREDENTIALS);
              assertThat(e.error().kind().retryable()).isTrue();
            })
        .hasMessageContaining("expired at 2030-01-01T01:00:00Z")
        .hasMessageContaining("the source is gone");
  }

  @Test
  void whatAStoreRefusesIsLoadedAgainAndTheFailureOfThatKeepsTheOldOnes() throws Exception {
    RenewableCredentials credentials = credentials(issued("A", null));
    assertThatThrownBy(() ->
            credentials.use(_ -> {
              throw new RequestFailedException(
                  new Failure(Kind.DENIED, "Forbidden", 403, "secret", null, null), null);
            }))
        .hasMessage("Forbidden (403): ***");
    assertThat(loads).isEqualTo(1);
    assertThat(keyUsed(credentials)).isEqualTo("A");
  }

  @Test
  void whatAStoreRefusesIsSentAgainWithOthers() throws Exception {
    RenewableCredentials credentials = credentials(issued("A", null));
    loader = () -> issued("B", null);
    assertThatThrownBy(() ->
            credentials.use(_ -> {
              throw new RequestFailedException(
                  new Failure(Kind.DENIED, "Forbidden", 403, "no", null, null), null);
            }))
        .isInstanceOfSatisfying(
            RequestFailedException.class,
            e -> assertThat(e.error().kind()).isEqualTo(Kind.EXPIRED));
    assertThat(keyUsed(credentials)).isEqualTo("B");
  }

  @Test
  void whileOneThreadRenewsTheOthersGoOn() throws Exception {
    RenewableCredentials credentials = credentials(issued("A", START.plus(Duration.ofHours(1))));
    CountDownLatch loading = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    loader =
        () -> {
          loading.countDown();
          answer.await();
          return issued("B", START.plus(Duration.ofHours(2)));
        };
    now = START.plus(Duration.ofMinutes(56));
    FutureTask<String> renewing = new FutureTask<>(() -> keyUsed(credentials));
    Thread.ofVirtual().start(renewing);
    loading.await();
    assertThat(keyUsed(credentials)).isEqualTo("A");
    answer.countDown();
    assertThat(renewing.get()).isEqualTo("B");
  }

  @Test
  void whoWaitsForNewOnesCanBeInterrupted() throws Exception {
    RenewableCredentials credentials = credentials(issued("A", START.plusSeconds(1)));
    CountDownLatch loading = new CountDownLatch(1);
    loader =
        () -> {
          loading.countDown();
          new CountDownLatch(1).await();
          return issued("B", null);
        };
    now = START.plusSeconds(1);
    Thread renewing = Thread.ofVirtual().start(new FutureTask<>(() -> keyUsed(credentials)));
    loading.await();
    Thread waiting = Thread.ofVirtual().start(new FutureTask<>(() -> keyUsed(credentials)));
    waiting.interrupt();
    waiting.join();
    renewing.interrupt();
    renewing.join();
  }
}
