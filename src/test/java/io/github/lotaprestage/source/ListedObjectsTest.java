package io.github.lotaprestage.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.engine.ObjectRef;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ListedObjectsTest {

  private static ObjectRef object(String key) {
    return ObjectRef.named("b", key);
  }

  @Test
  void handsOutThePageWhileTheNextIsBeingFetched() throws Exception {
    CountDownLatch secondAsked = new CountDownLatch(1);
    CountDownLatch secondAnswers = new CountDownLatch(1);
    Listing listing =
        (_, _, token, _) -> {
          if (token == null) {
            return new Listing.Page(List.of(object("1"), object("2")), "more");
          }
          secondAsked.countDown();
          secondAnswers.await();
          return new Listing.Page(List.of(object("3")), null);
        };
    try (ListedObjects source = new ListedObjects(listing, "b", "", _ -> true)) {
      assertThat(source.next()).isEqualTo(object("1"));
      secondAsked.await();
      assertThat(source.next()).isEqualTo(object("2"));
      assertThat(source.listed()).isEqualTo(2);
      secondAnswers.countDown();
      assertThat(source.next()).isEqualTo(object("3"));
      assertThat(source.next()).isNull();
      assertThat(source.listed()).isEqualTo(3);
    }
  }

  @Test
  void neverFetchesMoreThanOnePageAhead() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    Listing listing =
        (_, _, _, _) -> {
          int page = asked.incrementAndGet();
          return new Listing.Page(List.of(object("k" + page)), "token" + page);
        };
    try (ListedObjects source = new ListedObjects(listing, "b", "", _ -> true)) {
      for (int taken = 1; taken <= 50; taken++) {
        source.next();
        assertThat(asked.get()).isLessThanOrEqualTo(taken + 1);
      }
    }
  }
}
