package io.github.lotaprestage.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Cli;
import io.github.lotaprestage.fixture.Fault;
import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.MemoryOrigin;
import io.github.lotaprestage.fixture.Request;
import io.github.lotaprestage.fixture.Result;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `--watch` with `--latest`, while a writer creates, completes and deletes checkpoints. The writer
/// works between rounds: when the checkpoints are listed.
@Timeout(120)
class WatchedCheckpointsTest {

  private static final int ROUNDS = 200;
  private static final String RUN = "ckpt/run/";

  private final MemoryOrigin origin = new MemoryOrigin().bucket("bucket");
  private final AtomicInteger lists = new AtomicInteger();
  private final AtomicInteger gets = new AtomicInteger();
  private final Random random = new Random(11);
  private final AtomicInteger rounds = new AtomicInteger();
  private final Set<Integer> completed = new TreeSet<>();
  private volatile IntConsumer signals = _ -> {};
  private int step;
  private int written;

  private Fault beforeRound(Request request, String bucket, String key, int attempt) {
    boolean begins =
        request.method().equals("GET")
            && key.isEmpty()
            && request.parameters().getOrDefault("prefix", "").equals(RUN)
            && request.parameters().containsKey("delimiter");
    if (request.method().equals("GET")) {
      (key.isEmpty() ? lists : gets).incrementAndGet();
    }
    if (begins) {
      int round = rounds.incrementAndGet();
      if (round == ROUNDS + 1) {
        signals.accept(15);
      } else if (round <= ROUNDS) {
        write();
      }
    }
    return Fault.NONE;
  }

  /// Writes one more object of the newest checkpoint; the last one is its marker. Now and then an
  /// old checkpoint is deleted, or one that is not complete is given up.
  private void write() {
    if (random.nextInt(6) == 0 && completed.size() > 2) {
      int old = List.copyOf(completed).get(random.nextInt(completed.size() - 2));
      origin.delete("bucket", RUN + "step-" + old + "/");
    }
    if (written > 0 && random.nextInt(25) == 0) {
      origin.delete("bucket", RUN + "step-" + step + "/");
      written = 0;
      return;
    }
    if (written == 0) {
      step += 1 + random.nextInt(3);
    }
    String checkpoint = RUN + "step-" + step + "/";
    if (written < 3) {
      origin.put("bucket", checkpoint + "__" + written + "_0.distcp", 1 + random.nextInt(100));
      written++;
    } else {
      origin.put("bucket", checkpoint + ".metadata", 7);
      completed.add(step);
      written = 0;
    }
  }

  @Test
  void eachCompleteCheckpointIsStagedOnceAndNoPartialOne() {
    try (LotaEmulator lota =
        LotaEmulator.before(origin).keepNothing().faults(this::beforeRound).start()) {
      Result result =
          Cli.at(lota)
              .signals(handler -> signals = handler)
              .json("--watch 1ms --latest 1 --list-concurrency 1 s3://bucket/" + RUN)
              .exits(143)
              .summary("status", "interrupted");
      assertThat(completed).hasSizeGreaterThan(25);
      Set<Integer> staged = new HashSet<>();
      lota.seen()
          .successes()
          .forEach((uri, times) -> {
            assertThat(times.get()).as(uri).isEqualTo(1);
            staged.add(Integer.parseInt(uri.replaceFirst(".*/step-(\\d+)/.*", "$1")));
          });
      assertThat(staged).isEqualTo(completed);
      assertThat(lota.seen().successes()).hasSize(4 * completed.size());
      assertThat(result.summary().get("chosen").size()).as(result::toString).isEqualTo(1);
    }
  }

  /// One LIST a round if nothing happens, and the tracker is read once.
  @Test
  void aRoundWithoutNewsIsOneList() {
    AtomicInteger untilSignal = new AtomicInteger();
    origin.put("bucket", RUN + "step-100/.metadata", 2);
    origin.put("bucket", RUN + "step-100/__0_0.distcp", 2);
    origin.put("bucket", RUN + "step-90/.metadata", 2);
    try (LotaEmulator lota =
        LotaEmulator.before(origin)
            .keepNothing()
            .faults((request, bucket, key, attempt) -> {
              boolean begins =
                  request.parameters().getOrDefault("prefix", "").equals(RUN)
                      && request.parameters().containsKey("delimiter");
              if (request.method().equals("GET") && key.isEmpty()) {
                lists.incrementAndGet();
              }
              if (begins && rounds.incrementAndGet() == 21) {
                untilSignal.set(lists.get());
                signals.accept(15);
              }
              return Fault.NONE;
            })
            .start()) {
      Cli.at(lota)
          .signals(handler -> signals = handler)
          .json("--watch 1ms --latest 1 --list-concurrency 1 s3://bucket/" + RUN)
          .exits(143)
          .prestaged(2);
      // more rounds may begin before the signal is heard
      assertThat(untilSignal).hasValueBetween(21, 21 + 3);
    }
  }

  /// Nothing says that a checkpoint without a marker is complete, so it may grow after it was
  /// chosen. A single object may be replaced.
  @ParameterizedTest
  @CsvSource({"epoch_2/model.pt, epoch_2/optimizer.pt", "last.ckpt, last.ckpt"})
  void whatIsAddedWithoutAMarkerIsStagedToo(String first, String later) {
    origin.put("bucket", RUN + first, 1);
    try (LotaEmulator lota =
        LotaEmulator.before(origin)
            .keepNothing()
            .faults((request, _, _, _) -> {
              boolean begins =
                  request.parameters().getOrDefault("prefix", "").equals(RUN)
                      && request.parameters().containsKey("delimiter");
              int round = begins ? rounds.incrementAndGet() : 0;
              if (round == 3) {
                origin.put("bucket", RUN + later, 2);
              } else if (round == 6) {
                signals.accept(15);
              }
              return Fault.NONE;
            })
            .start()) {
      Cli.at(lota)
          .signals(handler -> signals = handler)
          .json("--watch 1ms --latest 1 --list-concurrency 1 s3://bucket/" + RUN)
          .exits(143)
          .prestaged(2);
    }
  }
}
