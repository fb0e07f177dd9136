package io.github.lotaprestage.s3.get;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lotaprestage.fixture.Answer;
import io.github.lotaprestage.fixture.HttpServer;
import io.github.lotaprestage.fixture.Request;
import io.github.lotaprestage.object.SourceException;
import io.github.lotaprestage.plan.Plan;
import io.github.lotaprestage.plan.StoreOptions;
import io.github.lotaprestage.s3.S3Store;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ObjectStreamTest {

  private static final int CUT = 100_000;

  private final byte[] content = new byte[1_000_000];
  private final AtomicInteger gets = new AtomicInteger();
  private volatile String etag = "\"v1\"";
  private volatile boolean ranges = true;
  private volatile boolean conditions = true;

  /// Sends at most [#CUT] bytes before it closes the connection.
  private Answer get(Request request) {
    gets.incrementAndGet();
    String wanted = request.header("if-match");
    if (conditions && !wanted.isEmpty() && !wanted.equals(etag)) {
      return Answer.error(412, "PreconditionFailed", "changed");
    }
    String range = request.header("range");
    int from =
        range.isEmpty() || !ranges
            ? 0
            : Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
    byte[] rest = Arrays.copyOfRange(content, from, content.length);
    int cut = ranges ? CUT : rest.length;
    Answer answer =
        new Answer(
            range.isEmpty() || !ranges ? 200 : 206,
            Map.of("ETag", etag),
            cut < rest.length
                ? new BrokenBody(Arrays.copyOf(rest, cut))
                : new ByteArrayInputStream(rest),
            rest.length,
            Answer.Fate.ANSWERED);
    return range.isEmpty() || !ranges
        ? answer
        : answer.with(
            "Content-Range", "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
  }

  /// Ends with a failure, so that the server closes the connection.
  private static final class BrokenBody extends FilterInputStream {
    BrokenBody(byte[] bytes) {
      super(new ByteArrayInputStream(bytes));
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      int count = in.read(into, from, length);
      if (count < 0) {
        throw new IOException("cut");
      }
      return count;
    }
  }

  private static S3Store store(HttpServer server) throws Exception {
    Plan plan =
        Plan.builder()
            .store(
                StoreOptions.builder()
                    .endpointUrl("http://127.0.0.1:" + server.port())
                    .pathStyle(true)
                    .unsigned(true)
                    .build())
            .build();
    return S3Store.open(plan, Map.of("HOME", "/nonexistent"));
  }

  @Test
  void lostConnectionsDoNotMatter() throws Exception {
    new Random(3).nextBytes(content);
    try (HttpServer server = new HttpServer(this::get);
        S3Store store = store(server);
        InputStream in = store.open("bucket", "key")) {
      assertThat(in.readAllBytes()).isEqualTo(content);
      assertThat(gets).hasValueGreaterThanOrEqualTo(content.length / CUT);
    }
  }

  @Test
  void anObjectThatIsReplacedMeanwhileIsAFailure() throws Exception {
    try (HttpServer server = new HttpServer(this::get);
        S3Store store = store(server);
        InputStream in = store.open("bucket", "key")) {
      assertThat(in.readNBytes(CUT / 2)).hasSize(CUT / 2);
      etag = "\"v2\"";
      assertThatThrownBy(in::readAllBytes)
          .isInstanceOf(IOException.class)
          .hasCauseInstanceOf(SourceException.class)
          .hasMessageContaining("PreconditionFailed (412): the object was replaced");
    }
  }

  /// Also if the store ignores `If-Match`.
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anObjectIsTheSameVersionWhenItIsOpenedAgain(boolean ifMatch) throws Exception {
    conditions = ifMatch;
    ranges = false;
    try (HttpServer server = new HttpServer(this::get);
        S3Store store = store(server)) {
      for (int i = 0; i < 2; i++) {
        try (InputStream in = store.open("bucket", "key")) {
          assertThat(in.readAllBytes()).isEqualTo(content);
        }
      }
      etag = "\"v2\"";
      assertThatThrownBy(() -> store.open("bucket", "key"))
          .isInstanceOf(SourceException.class)
          .hasMessageContaining("the object was replaced while this run read it");
      store.open("bucket", "other").close();
    }
  }

  @Test
  void aStoreWithoutRangesWorksToo() throws Exception {
    new Random(3).nextBytes(content);
    try (HttpServer server = new HttpServer(this::get);
        S3Store store = store(server);
        InputStream in = store.open("bucket", "key")) {
      assertThat(in.readNBytes(CUT / 2)).hasSize(CUT / 2);
      ranges = false;
      byte[] rest = in.readAllBytes();
      assertThat(rest).isEqualTo(Arrays.copyOfRange(content, CUT / 2, content.length));
    }
  }

  @Test
  void aMissingObjectIsToldAtOnce() throws Exception {
    try (HttpServer server =
            new HttpServer(_ -> Answer.error(404, "NoSuchKey", "The key does not exist"));
        S3Store store = store(server)) {
      assertThatThrownBy(() -> store.open("bucket", "key"))
          .isInstanceOf(SourceException.class)
          .hasMessageContaining("GET s3://bucket/key: NoSuchKey");
    }
  }
}
