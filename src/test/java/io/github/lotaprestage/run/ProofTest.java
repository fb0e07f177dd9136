package io.github.lotaprestage.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Answer;
import io.github.lotaprestage.fixture.Cli;
import io.github.lotaprestage.fixture.HttpServer;
import io.github.lotaprestage.fixture.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// An object counts as staged only if the answer to its HEAD is proof.
@Timeout(60)
class ProofTest {

  private static final String KEY = "s3://bucket/k";

  private static String listing(String contents) {
    return "<ListBucketResult><IsTruncated>false</IsTruncated>" + contents + "</ListBucketResult>";
  }

  private static String listed(long size, String etag) {
    return listing(
        "<Contents><Key>k</Key><Size>%d</Size><ETag>\"%s\"</ETag></Contents>"
            .formatted(size, etag));
  }

  private static Answer page(String text) {
    return Answer.of(200, text.getBytes(StandardCharsets.UTF_8));
  }

  private static Result run(HttpServer.Handler list, Answer head, String line, Object... words) {
    try (HttpServer store =
        new HttpServer(request -> request.method().equals("HEAD") ? head : list.handle(request))) {
      return Cli.at("http://localhost:" + store.port()).run(line, words);
    }
  }

  private static Result run(String list, Answer head, String line, Object... words) {
    return run(_ -> page(list), head, line, words);
  }

  private static Result json(String list, Answer head, String target) {
    return run(list, head, "-o json " + target);
  }

  private static Result refused(Answer head) {
    return run(_ -> Answer.error(403, "AccessDenied", "no"), head, "-o json " + KEY);
  }

  private static Answer s3(int status) {
    return Answer.empty(status).with("ETag", "\"e\"").with("x-amz-request-id", "tx1");
  }

  private static void assertFailed(Result result, String code) {
    assertThat(result.code()).as(result.out() + result.err()).isNotZero();
    JsonNode failed = result.objects().getFirst();
    assertThat(failed.get("status").asString()).isEqualTo("failed");
    assertThat(failed.get("error").get("code").asString()).isEqualTo(code);
    assertThat(failed.get("error").get("retryable").asBoolean()).isFalse();
  }

  private static void assertStatus(Result result, String status) {
    result.exits(0).object("status", status);
  }

  @Test
  void aServerThatAnswersEverythingIsNotAStore() {
    String page = "<html>hello</html>";
    assertFailed(json(page, page(page).with("Content-Type", "text/html"), KEY), "NoETag");
    assertFailed(json(page, page(page).with("ETag", "\"static\""), KEY), "NotS3");
    assertFailed(json(page, Answer.empty(416), KEY), "NotS3");
  }

  @Test
  void oneListThatIsAnsweredAsS3DoesIsProof() {
    Answer bare = Answer.empty(206).with("ETag", "\"e\"").with("Content-Range", "bytes 0-0/7");
    assertStatus(json(listing(""), bare, KEY), "prestaged");
    assertStatus(json(listed(7, "e"), bare, "s3://bucket/"), "prestaged");
    assertStatus(refused(bare), "prestaged");
    assertFailed(run(_ -> Answer.empty(403), bare, "-o json " + KEY), "NotS3");
    assertFailed(
        run(_ -> Answer.empty(403).with("x-amz-request-id", " "), bare, "-o json " + KEY), "NotS3");
  }

  @Test
  void aListThatIsRefusedForAMomentDoesNotDecideThat() {
    Answer bare = Answer.empty(206).with("ETag", "\"e\"").with("Content-Range", "bytes 0-0/7");
    AtomicInteger lists = new AtomicInteger();
    HttpServer.Handler busyAtFirst =
        _ -> lists.incrementAndGet() <= 5 ? Answer.empty(503) : page(listing(""));
    assertStatus(run(busyAtFirst, bare, "-o", "json", KEY), "prestaged");

    Result busy = run(_ -> Answer.empty(503), bare, "-o", "json", "--max-attempts", "2", KEY);
    JsonNode error = busy.objects().getFirst().get("error");
    assertThat(busy.code()).isEqualTo(1);
    assertThat(error.get("code").asString()).isEqualTo("SlowDown");
    assertThat(error.get("message").asString())
        .contains("a LIST that has to confirm that the endpoint is an S3 store failed");
    assertThat(error.get("retryable").asBoolean()).isTrue();
  }

  @Test
  void emptinessIsNotDeniedByAListThatIsRefusedForAMoment() {
    Answer none = s3(200).with("Content-Length", "0");
    Result busy = run(_ -> Answer.empty(503), none, "-o", "json", "--max-attempts", "2", KEY);
    JsonNode error = busy.objects().getFirst().get("error");
    assertThat(error.get("code").asString()).isEqualTo("SlowDown");
    assertThat(error.get("message").asString()).contains("that the object has no bytes");
  }

  @Test
  void anObjectThatWasOverwrittenIsStagedAndMarked() {
    Answer head = s3(206).with("ETag", "\"new\"").with("Content-Range", "bytes 0-0/9");
    Result result = json(listed(7, "old"), head, "s3://bucket/");
    assertStatus(result, "prestaged");
    JsonNode object = result.objects().getFirst();
    assertThat(object.get("changed").asBoolean()).isTrue();
    assertThat(object.get("size").asLong()).isEqualTo(9);
    assertThat(object.get("etag").asString()).isEqualTo("new");
    assertThat(run(listed(7, "old"), head, "s3://bucket/").out())
        .contains("(changed since it was listed)");
    Answer same = s3(206).with("Content-Range", "bytes 0-0/7");
    assertThat(json(listed(7, "e"), same, "s3://bucket/").objects().getFirst().has("changed"))
        .isFalse();
  }

  /// A web page may have an ETag, too.
  @Test
  void anotherVersionThanTheListedOneNeedsProof() {
    Answer page = page("<html>closed</html>").with("ETag", "\"page\"");
    assertFailed(json(listed(7, "e"), page, "s3://bucket/"), "NotS3");
    assertFailed(json(listed(19, "e"), page, "s3://bucket/"), "NotS3");
    AtomicInteger lists = new AtomicInteger();
    Answer bare = Answer.empty(206).with("ETag", "\"new\"").with("Content-Range", "bytes 0-0/9");
    Result replaced =
        run(
            _ -> page(lists.incrementAndGet() == 1 ? listed(7, "old") : listed(9, "new")),
            bare,
            "-o json s3://bucket/");
    assertStatus(replaced, "prestaged");
    assertThat(replaced.objects().getFirst().get("changed").asBoolean()).isTrue();
  }

  @Test
  void theSameVersionWithAnotherSizeFails() {
    assertFailed(
        json(listed(7, "e"), s3(206).with("Content-Range", "bytes 0-0/8"), "s3://bucket/"),
        "SizeMismatch");
    assertFailed(
        json(listed(7, "e"), s3(200).with("Content-Length", "8"), "s3://bucket/"), "SizeMismatch");
  }

  @Test
  void anObjectIsEmptyOnlyIfTheAnswerOrAListingSaysSo() {
    Answer none = s3(200).with("Content-Length", "0");
    assertStatus(json(listed(0, "e"), none, KEY), "skipped");
    assertFailed(json(listed(7, "e"), none, KEY), "SizeMismatch");
    assertFailed(json(listing(""), none, KEY), "SizeMismatch");
    assertFailed(refused(none), "SizeMismatch");
    assertStatus(json(listing(""), s3(416).with("Content-Range", "bytes */0"), KEY), "skipped");
    assertFailed(
        json(listed(7, "e"), Answer.empty(416).with("Content-Range", "bytes */0"), "s3://bucket/"),
        "SizeMismatch");
    assertFailed(
        json(listed(1000, "e"), s3(416).with("Content-Range", "bytes */1000"), "s3://bucket/"),
        "UnexpectedRange");
  }

  @Test
  void theSizeOfANamedKeyIsUnknownWithoutItsTotal() {
    Result result = json(listing(""), s3(206).with("Content-Length", "1"), KEY);
    assertStatus(result, "prestaged");
    assertThat(result.objects().getFirst().has("size")).isFalse();
    result.summary("bytes", 0);
  }

  @Test
  void aRedirectIsReportedWithItsTarget() {
    Answer head = s3(301).with("Location", "http://elsewhere.test/k?X-Amz-Signature=s");
    Result result = json(listing(""), head, KEY);
    assertFailed(result, "PermanentRedirect");
    result.out(out -> out.contains("http://elsewhere.test/k").doesNotContain("Signature"));
  }

  @Test
  void aLongWaitIsAnnouncedOnce() {
    Answer busy = s3(503).with("Retry-After", "86400").with("Content-Length", "0");
    run(listing(""), busy, "--max-attempts 1", KEY, "s3://bucket/k2", "s3://bucket/k3")
        .exits(1)
        .err(err -> err.containsOnlyOnce("Retry-After: 86400").contains("after 300 seconds"));
  }

  @Test
  void anAnswerWithoutContentIsNotSuccess() {
    assertFailed(json(listing(""), s3(204), KEY), "Http204");
    assertFailed(json(listing(""), s3(304), KEY), "Http304");
  }

  @ParameterizedTest
  @CsvSource({
    "204, an S3 store does not answer with this status",
    "304, an S3 store does not answer with this status",
    "307, the bucket is at another address",
    "407, a proxy between this program and the store asks for credentials",
    "409, the store does not accept this request",
    "431, the request is too long",
  })
  void aStatusThatIsNotOfS3IsExplained(int status, String message) {
    Result result = json(listing(""), s3(status), KEY);
    assertThat(result.objects().getFirst().get("error").get("message").asString())
        .contains(message);
  }

  @Test
  void whatIsNotProvenIsNotInTheJournal(@TempDir Path directory) throws IOException {
    Path journal = directory.resolve("journal");
    Answer mismatch = s3(206).with("Content-Range", "bytes 0-0/8");
    run(listed(7, "e"), mismatch, "--journal", journal, "s3://bucket/");
    assertThat(Files.readString(journal)).doesNotContain("\"k\"");
    run(
        listed(7, "e"),
        s3(206).with("Content-Range", "bytes 0-0/7"),
        "--journal",
        journal,
        "s3://bucket/");
    assertThat(Files.readString(journal)).contains("\"k\"");
  }

  @Test
  void anAnswerOfACacheInBetweenIsWarnedOfOnce() {
    String list =
        listing(
            "<Contents><Key>a</Key><Size>7</Size></Contents>"
                + "<Contents><Key>b</Key><Size>7</Size></Contents>");
    Answer head = s3(206).with("Content-Range", "bytes 0-0/7");
    run(list, head.with("Age", "100"), "s3://bucket/")
        .exits(0)
        .err(err -> err.containsOnlyOnce("'Age: 100'").contains("HEAD s3://bucket/"));
    assertThat(run(list, head.with("Age", "0"), "s3://bucket/").err()).doesNotContain("Age");
    assertThat(run(list, head, "s3://bucket/").err()).doesNotContain("Age");
  }
}
