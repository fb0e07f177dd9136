package io.github.lotaprestage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Answer;
import io.github.lotaprestage.fixture.HttpServer;
import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.s3.http.AnswerWatch;
import io.github.lotaprestage.s3.http.Connections;
import io.github.lotaprestage.s3.http.SilenceTimer;
import io.github.lotaprestage.s3.http.StoreClock;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocketFactory;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.Method;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CircuitBreakerTest {

  private static final HttpHost HOST = new HttpHost("http", "127.0.0.1", 1);

  private static CircuitBreaker.Limits limits(int probes) {
    return new CircuitBreaker.Limits(Duration.ofMillis(50), Duration.ofMillis(50), probes);
  }

  @Test
  void anEndpointThatAnswersNoProbeIsGone() {
    SilenceTimer silenceTimer = new SilenceTimer();
    AtomicInteger probes = new AtomicInteger();
    CompletableFuture<Failure> gone = new CompletableFuture<>();
    silenceTimer.begin(HOST);
    try (CircuitBreaker _ =
        new CircuitBreaker(
            silenceTimer,
            () -> {
              probes.incrementAndGet();
              return false;
            },
            limits(3),
            gone::complete)) {
      assertThat(gone.join().code()).isEqualTo("NoAnswer");
      assertThat(probes).hasValue(3);
    }
  }

  /// A probe that hangs in a name server, say, takes no longer than its time.
  @Test
  void aProbeThatHangsIsNoAnswer() {
    SilenceTimer silenceTimer = new SilenceTimer();
    Semaphore never = new Semaphore(0);
    CompletableFuture<Failure> gone = new CompletableFuture<>();
    silenceTimer.begin(HOST);
    try (CircuitBreaker _ =
        new CircuitBreaker(
            silenceTimer,
            () -> {
              never.acquireUninterruptibly(); // as a name server does
              return true;
            },
            limits(2),
            gone::complete)) {
      assertThat(gone.join().code()).isEqualTo("NoAnswer");
    }
    never.release();
  }

  @Test
  void anAnswerToAProbeMeansThatFillsAreWaitedForAndLookedAtAgain() throws Exception {
    SilenceTimer silenceTimer = new SilenceTimer();
    CountDownLatch answered = new CountDownLatch(3);
    CompletableFuture<Failure> gone = new CompletableFuture<>();
    silenceTimer.begin(HOST);
    try (CircuitBreaker _ =
        new CircuitBreaker(
            silenceTimer,
            () -> {
              answered.countDown();
              return true;
            },
            limits(1),
            gone::complete)) {
      answered.await();
      assertThat(gone).isNotDone();
    }
  }

  @Test
  void silenceIsCountedOnlyWhileAnAnswerIsOwed() {
    SilenceTimer silenceTimer = new SilenceTimer();
    assertThat(silenceTimer.silence()).isZero();
    silenceTimer.begin(HOST);
    silenceTimer.heard();
    silenceTimer.end();
    assertThat(silenceTimer.silence()).isZero();
  }

  @Test
  void attemptsThatTimeOutDoNotEndASilence() throws Exception {
    CountDownLatch stop = new CountDownLatch(1);
    try (HttpServer silent =
            new HttpServer(_ -> {
              stop.await();
              return Answer.empty(200);
            });
        Connections connections =
            new Connections(
                () -> (SSLSocketFactory) SSLSocketFactory.getDefault(),
                new AnswerWatch(new StoreClock()))) {
      HttpHost host = new HttpHost("http", "127.0.0.1", silent.port());
      for (int i = 0; i < 2; i++) {
        try {
          connections.send(
              host, Method.HEAD, "HEAD / HTTP/1.1\r\nHost: x\r\n\r\n", Duration.ofMillis(200));
        } catch (IOException e) {
          assertThat(e).hasMessageContaining("no answer in time");
        }
      }
      assertThat(connections.silenceTimer().silence()).isGreaterThan(Duration.ofMillis(390));
      stop.countDown();
      connections.send(
          host, Method.HEAD, "HEAD / HTTP/1.1\r\nHost: x\r\n\r\n", Duration.ofSeconds(5));
      assertThat(connections.silenceTimer().silence()).isZero();
    }
  }

  @Test
  void aRefusalOfAnyKindAnswersTheProbe() throws Exception {
    try (HttpServer store = new HttpServer(_ -> Answer.error(403, "AccessDenied", "no"));
        Connections connections =
            new Connections(
                () -> (SSLSocketFactory) SSLSocketFactory.getDefault(),
                new AnswerWatch(new StoreClock()))) {
      HttpHost host = new HttpHost("http", "127.0.0.1", store.port());
      connections.silenceTimer().begin(host);
      LivenessProbe probe = new LivenessProbe(connections, "/bucket", Duration.ofSeconds(5));
      assertThat(probe.answered()).isTrue();
      connections
          .silenceTimer()
          .begin(HOST); // nothing listens there: refused, which is not silence
      assertThat(probe.answered()).isTrue();
    }
  }

  @Test
  void silenceDoesNotAnswerTheProbe() throws Exception {
    CountDownLatch stop = new CountDownLatch(1);
    try (HttpServer silent =
            new HttpServer(_ -> {
              stop.await();
              return Answer.empty(200);
            });
        Connections connections =
            new Connections(
                () -> (SSLSocketFactory) SSLSocketFactory.getDefault(),
                new AnswerWatch(new StoreClock()))) {
      connections.silenceTimer().begin(new HttpHost("http", "127.0.0.1", silent.port()));
      assertThat(new LivenessProbe(connections, "/", Duration.ofMillis(100)).answered()).isFalse();
      stop.countDown();
    }
  }
}
