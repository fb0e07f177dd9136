package io.github.lotaprestage.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Cli;
import io.github.lotaprestage.fixture.Fault;
import io.github.lotaprestage.fixture.LotaEmulator;
import io.github.lotaprestage.fixture.Request;
import io.github.lotaprestage.fixture.Result;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The requests of a run.
@Timeout(120)
class StagingTest extends AgainstLota {

  @ParameterizedTest
  @EnumSource(LotaEmulator.Style.class)
  void twentyThousandObjectsGetExactlyOneHeadEach(LotaEmulator.Style style) {
    int count = 20_000;
    for (int i = 0; i < count; i++) {
      origin.put("bucket", "data/%05d".formatted(i), 1 + i);
    }
    LotaEmulator lota = lota(builder -> builder.style(style));
    Cli.at(lota)
        .json("-c 50 s3://bucket/data/")
        .exits(0)
        .objects(count)
        .prestaged(count)
        .summary("bytes", (long) count * (count + 1) / 2);
    assertThat(lota.seen().successes())
        .hasSize(count)
        .allSatisfy((_, n) -> assertThat(n).hasValue(1));
    assertThat(lota.seen().rangedHeads()).isEqualTo(count);
    assertThat(lota.seen().lists()).isBetween(20L, 60L);
    assertThat(lota.seen().gets() + lota.seen().others()).isZero();
    assertThat(lota.seen().mostInFlight()).isLessThanOrEqualTo(50 + 16); // and the LISTs
  }

  @Test
  void listsInOrderAndWithoutExtraRequestsWhereAskedTo() {
    origin.generate("bucket", 5_000, "data/%05d"::formatted);
    LotaEmulator lota = lota();
    Result result = Cli.at(lota).json("-n -c 1 --list-concurrency 1 s3://bucket/data/");
    assertThat(result.objects("key")).hasSize(5_000).isSorted();
    assertThat(lota.seen().lists()).isEqualTo(5);
  }

  @Test
  void theRequestIsTheDocumentedOne() {
    origin.put("bucket", "k", 5);
    LotaEmulator lota = lota();
    Cli.at(lota).run("s3://bucket/k");
    assertThat(lota.seen().samples())
        .singleElement()
        .satisfies(request -> {
          assertThat(request.method()).isEqualTo("HEAD");
          assertThat(request.path()).isEqualTo("/k");
          assertThat(request.query()).isEmpty();
          assertThat(request.header("host")).startsWith("bucket.localhost:");
          assertThat(request.header("range")).isEqualTo("bytes=0-0");
          assertThat(request.header("authorization")).startsWith("AWS4-HMAC-SHA256");
          assertThat(request.header("user-agent")).contains("lota-prestage");
          assertThat(request.headers()).doesNotContainKey("x-amz-checksum-mode");
        });
  }

  @Test
  void listsArePagedWithTokensAndUrlEncoding() {
    for (int i = 0; i < 2500; i++) {
      origin.put("bucket", "k%04d".formatted(i), 1);
    }
    LotaEmulator lota = lota();
    Cli.at(lota).run("-n s3://bucket/k");
    Cli.at(lota).run("-n --list-concurrency 1 -b bucket -p k");
    List<Request> lists =
        lota.seen().samples().stream().filter(r -> r.parameters().containsKey("prefix")).toList();
    assertThat(lists)
        .allSatisfy(r -> assertThat(r.parameters()).containsEntry("encoding-type", "url"));
    assertThat(lists.stream().filter(r -> r.parameters().containsKey("continuation-token")))
        .hasSize(2);
  }

  @Test
  void headsStartWhileTheListingStillRuns() {
    for (int i = 0; i < 1001; i++) {
      origin.put("bucket", "k%04d".formatted(i), 1);
    }
    CountDownLatch firstHead = new CountDownLatch(1);
    LotaEmulator lota =
        faulty((request, _, _, _) -> {
          if (isHead(request)) {
            firstHead.countDown();
            return Fault.NONE;
          }
          // The second page comes only after a HEAD has arrived.
          return request.parameters().containsKey("continuation-token")
              ? new Fault.Hold(firstHead)
              : Fault.NONE;
        });
    Cli.at(lota).json("s3://bucket").exits(0).prestaged(1001);
  }
}
