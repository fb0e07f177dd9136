package io.github.lotaprestage.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Answer;
import io.github.lotaprestage.fixture.Cli;
import io.github.lotaprestage.fixture.HttpServer;
import io.github.lotaprestage.fixture.Result;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What is no whole listing is never taken for one.
@Timeout(60)
class HostileListingTest {

  private static final String GOOD =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <ListBucketResult><IsTruncated>false</IsTruncated><EncodingType>url</EncodingType>\
      <Contents><Key>k</Key><Size>1</Size><ETag>"e"</ETag></Contents></ListBucketResult>
      """;

  private final AtomicInteger lists = new AtomicInteger();
  private final AtomicInteger heads = new AtomicInteger();

  private Result run(String listing) {
    return run(listing, false);
  }

  /// @param chunked whether the listing is in chunks already
  private Result run(String listing, boolean chunked) {
    try (HttpServer store =
        new HttpServer(request -> {
          if (request.method().equals("HEAD")) {
            heads.incrementAndGet();
            return Answer.empty(206).with("Content-Range", "bytes 0-0/1").with("ETag", "\"e\"");
          }
          lists.incrementAndGet();
          Answer answer = Answer.of(200, listing.getBytes(StandardCharsets.UTF_8));
          return chunked ? answer.with("Transfer-Encoding", "chunked") : answer;
        })) {
      return Cli.at("http://localhost:" + store.port()).json("--max-attempts 2 s3://bucket/");
    }
  }

  @Test
  void aGoodOneWorks() {
    assertThat(run(GOOD).code()).isZero();
    assertThat(heads).hasValue(1);
  }

  @Test
  void aGoodOneInChunksWorks() {
    int half = GOOD.length() / 2;
    String chunks =
        "%x\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n"
            .formatted(half, GOOD.substring(0, half), GOOD.length() - half, GOOD.substring(half));
    assertThat(run(chunks, true).code()).isZero();
    assertThat(heads).hasValue(1);
    assertThat(run(chunks.replace("\r\n0\r\n", "\r\nno number\r\n"), true).code()).isEqualTo(3);
  }

  @Test
  void whatIsEmptyOrHasNoZoneIsReadAsFarAsItGoes() {
    run(GOOD.replace("<Size>1</Size>", "<Size/><LastModified>2026-03-01T12:00:00</LastModified>"))
        .exits(0)
        .object("last_modified", "2026-03-01T12:00:00Z");
    assertThat(run(GOOD.replace("<Size>", "<LastModified></LastModified><Size>")).code()).isZero();
  }

  @Test
  void whatCannotBeReadIsNamed() {
    assertThat(run(GOOD.replace("<Size>1<", "<Size>big<")).err())
        .containsPattern("Size 'big' of the key 'k', at byte \\d+");
    assertThat(run(GOOD.replace("<Size>", "<LastModified>yesterday</LastModified><Size>")).err())
        .containsPattern("LastModified 'yesterday' of the key 'k', at byte \\d+");
    assertThat(run(GOOD.replace("<Key>k<", "<Key>%zz<")).err()).contains("the key '%zz'");
  }

  @Test
  void whatIsNoListingIsNamed() {
    run("<html><body>Please log in</body></html>")
        .err(err ->
            err.contains("MalformedListing: the listing cannot be read: it begins with <html>")
                .contains("check --endpoint-url")
                .doesNotContain("run it again"));
  }

  @Test
  void aPageThatFollowsItselfIsNamed() {
    run(GOOD.replace(
            "<IsTruncated>false</IsTruncated>",
            "<IsTruncated>true</IsTruncated><NextContinuationToken>t</NextContinuationToken>"))
        .exits(3)
        .errContains("the listing never ends: the same page follows again");
  }

  @Test
  void aStoreThatIgnoresThePrefixIsNotTakenForFilters() {
    try (HttpServer store =
        new HttpServer(_ -> Answer.of(200, GOOD.getBytes(StandardCharsets.UTF_8)))) {
      Cli.at("http://localhost:" + store.port())
          .json("s3://bucket/data/")
          .exits(4)
          .errContains("nothing matched: the store listed 1 object, but none at s3://bucket/data/")
          .errContains("check --endpoint-url");
      Cli.at("http://localhost:" + store.port())
          .run("--allow-empty s3://bucket/data/")
          .exits(4)
          .errContains("the store listed 1 object, but none at s3://bucket/data/");
    }
  }

  @Test
  void bytesThatAreNoTextAreNotALostConnection() {
    byte[] zipped = {0x1f, (byte) 0x8b, 8, 0};
    try (HttpServer store = new HttpServer(_ -> Answer.of(200, zipped))) {
      Cli.at("http://localhost:" + store.port())
          .json("--max-attempts 2 s3://bucket/")
          .summary("error.code", "MalformedListing");
    }
  }

  @Test
  void bytesThatAreNotUtf8AreNamedAndNothingElseIsPrinted() {
    byte[] latin = GOOD.replace("<Key>k<", "<Key>\u00ff<").getBytes(StandardCharsets.ISO_8859_1);
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try (HttpServer store = new HttpServer(_ -> Answer.of(200, latin))) {
      Result result =
          Cli.at("http://localhost:" + store.port()).run("--max-attempts", "1", "s3://bucket/");
      assertThat(result.code()).isEqualTo(3);
      assertThat(result.err())
          .contains("MalformedListing: the listing cannot be read: it is not valid UTF-8");
    } finally {
      System.setErr(before);
    }
    assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void anEncodedKeyThatIsNotUtf8IsNotTakenForAnother() {
    run(GOOD.replace("<Key>k<", "<Key>a%FFb<"))
        .exits(3)
        .errContains("the key 'a%FFb' is not valid UTF-8");
    assertThat(heads).hasValue(0);
  }

  @Test
  void theReplacementCharacterIsPartOfAKeyLikeAnyOther() {
    run(GOOD.replace("<Key>k<", "<Key>a%ef%bf%bdb<")).exits(0);
    assertThat(heads).hasValue(1);
  }

  @Test
  void aByteOrderMarkBelongsToNoListing() {
    assertThat(run("\uFEFF" + GOOD.strip()).code()).isZero();
    assertThat(heads).hasValue(1);
  }

  @Test
  void aListTakesNoLongerThanTheAttemptTimeout() {
    try (HttpServer store = new HttpServer(_ -> Answer.fate(Answer.Fate.STALLED))) {
      Result result =
          Cli.at("http://localhost:" + store.port())
              .run("--attempt-timeout", "200ms", "--max-attempts", "2", "s3://bucket/");
      assertThat(result.code()).isEqualTo(3);
      assertThat(result.err()).contains("ReadTimeout");
    }
  }

  @Test
  void aBucketThatCannotBeListedIsNotAKeyThatIsMissing() {
    try (HttpServer store = new HttpServer(_ -> Answer.empty(404))) {
      Cli.at("http://localhost:" + store.port())
          .json("s3://bucket/")
          .exits(3)
          .err(err -> err.doesNotContain("key").contains("check --endpoint-url"));
    }
  }

  static Stream<Arguments> hostile() {
    return Stream.of(
        Arguments.of("empty", ""),
        Arguments.of("cut short", GOOD.substring(0, GOOD.length() - 30)),
        Arguments.of("cut in the key", GOOD.substring(0, GOOD.indexOf("<Key>") + 6)),
        Arguments.of("another page", "<html><body>Please log in</body></html>"),
        Arguments.of("no XML", "{\"keys\":[]}"),
        Arguments.of("an error", "<Error><Code>InternalError</Code></Error>"),
        Arguments.of("more without a way to it", GOOD.replace("false</IsTr", "true</IsTr")),
        Arguments.of(
            "the same page again and again",
            GOOD.replace(
                "false</IsTruncated>",
                "true</IsTruncated><NextContinuationToken>t</NextContinuationToken>")),
        Arguments.of("a riddle", GOOD.replace("false</IsTr", "perhaps</IsTr")),
        Arguments.of("no key", GOOD.replace("<Key>k</Key>", "")),
        Arguments.of("an empty key", GOOD.replace("<Key>k</Key>", "<Key></Key>")),
        Arguments.of("no size", GOOD.replace("<Size>1</Size>", "<Size>big</Size>")),
        Arguments.of("a negative size", GOOD.replace("<Size>1</Size>", "<Size>-1</Size>")),
        Arguments.of("a broken encoding", GOOD.replace("<Key>k</Key>", "<Key>%zz</Key>")),
        Arguments.of(
            "no date", GOOD.replace("<Size>", "<LastModified>yesterday</LastModified><Size>")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void hostile(String name, String listing) {
    run(listing)
        .exits(3)
        .err(err ->
            err.startsWith("lota-prestage: LIST s3://bucket/: ")
                .doesNotContain("internal error", "Exception"))
        .summary("listing_complete", false);
    assertThat(lists.get()).isLessThan(5);
  }

  @Test
  void entitiesAreNotExpanded(@TempDir Path directory) throws IOException {
    Path secret = Files.writeString(directory.resolve("secret"), "content-of-a-file");
    StringBuilder laughs = new StringBuilder("<!ENTITY l0 \"ha\">");
    for (int i = 1; i <= 30; i++) {
      laughs.append("<!ENTITY l%d \"&l%d;&l%d;\">".formatted(i, i - 1, i - 1));
    }
    for (String entity :
        new String[] {
          "<!ENTITY l30 SYSTEM \"%s\">".formatted(secret.toUri()), laughs.toString(),
        }) {
      Result result =
          run(GOOD.replace("?>", "?><!DOCTYPE x [" + entity + "]>")
                  .replace("<Key>k</Key>", "<Key>k&l30;</Key>"))
              .exits(3);
      assertThat(result.out() + result.err()).doesNotContain("content-of-a-file", "hahaha");
    }
    assertThat(heads).hasValue(0);
  }

  @Test
  void aListingLargerThanAnyPageIsRefused() {
    String object = GOOD.substring(GOOD.indexOf("<Contents>"), GOOD.indexOf("</ListBucketResult>"));
    run(GOOD.replace(object, object.repeat((64 << 20) / object.length())))
        .exits(3)
        .errContains("larger than any page");
    assertThat(heads).hasValue(0);
  }
}
