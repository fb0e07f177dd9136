package io.github.lotaprestage.s3.head;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.s3.http.AnswerHeaders;
import org.apache.hc.core5.http.message.BasicHttpResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The whole table of what an answer proves. `-` stands for absent.
class HeadVerdictTest {

  /// @param headers as `Name: value`, separated by `|`
  private static AnswerHeaders answer(int status, String headers) {
    BasicHttpResponse response = new BasicHttpResponse(status);
    for (String header : headers.equals("-") ? new String[0] : headers.split("[|]", -1)) {
      int colon = header.indexOf(':');
      response.addHeader(header.substring(0, colon).strip(), header.substring(colon + 1).strip());
    }
    return AnswerHeaders.of(status, response);
  }

  private static ObjectRef listed(String size, String etag) {
    return new ObjectRef(
        "b", "k", size.equals("-") ? null : Long.valueOf(size), absent(etag), null, null);
  }

  private static @Nullable String absent(String text) {
    return text.equals("-") ? null : text;
  }

  private static String words(HeadVerdict verdict) {
    return switch (verdict) {
      case HeadVerdict.Staged staged ->
          "staged "
              + (staged.object().size() == null ? "-" : staged.object().size())
              + " "
              + staged.object().etag()
              + (staged.changed() ? " changed" : "");
      case HeadVerdict.Empty _ -> "empty";
      case HeadVerdict.EmptyIfListed _ -> "empty if listed";
      case HeadVerdict.Failed failed -> failed.code();
    };
  }

  @ParameterizedTest(name = "listed {0} {1}, answered {2} {3}: {4}")
  @CsvSource({
    // S3, LOTA, Ceph, MinIO
    "7, e, 206, ETag: \"e\"|Content-Length: 1|Content-Range: bytes 0-0/7, staged 7 e",
    "7, e, 206, etag: \"e\"|content-length: 1|content-range: bytes 0-0/7, staged 7 e",
    "-, -, 206, ETag: \"e\"|Content-Length: 1|Content-Range: bytes 0-0/7, staged 7 e",
    "7, e, 206, ETag: W/\"e\"|Content-Range: bytes 0-0/7, staged 7 e",
    "7, e, 206, ETag: e|Content-Range: bytes 0-0/7, staged 7 e",
    "7, e-3, 206, ETag: \"e-3\"|Content-Range: BYTES 0-0/7, staged 7 e-3",
    // the size is not in the answer
    "7, e, 206, ETag: \"e\"|Content-Length: 1|Content-Range: bytes 0-0/*, staged 7 e",
    "-, -, 206, ETag: \"e\"|Content-Length: 1|Content-Range: bytes 0-0/*, staged - e",
    "7, e, 206, ETag: \"e\"|Content-Length: 1, staged 7 e",
    "-, -, 206, ETag: \"e\"|Content-Length: 1, staged - e",
    "7, e, 200, ETag: \"e\"|Transfer-Encoding: chunked, staged 7 e",
    "-, -, 200, ETag: \"e\", staged - e",
    // a store that ignores the range
    "7, e, 200, ETag: \"e\"|Content-Length: 7, staged 7 e",
    "-, -, 200, ETag: \"e\"|Content-Length: 7, staged 7 e",
    "7, e, 200, ETag: \"e\"|Content-Length: 1|Content-Range: bytes 0-0/7, staged 7 e",
    "7, e, 200, ETag: \"e\"|Content-Length: 7|Content-Length: 7, staged 7 e",
    // overwritten after it was listed
    "7, e, 206, ETag: \"f\"|Content-Range: bytes 0-0/8, staged 8 f changed",
    "7, e, 200, ETag: \"f\"|Content-Length: 8, staged 8 f changed",
    "7, e, 206, ETag: \"f\"|Content-Range: bytes 0-0/7, staged 7 f changed",
    "7, e, 206, ETag: \"f\"|Content-Length: 1, staged - f changed",
    "-, e, 206, ETag: \"f\"|Content-Range: bytes 0-0/8, staged 8 f changed",
    // the same version cannot have another size
    "7, e, 206, ETag: \"e\"|Content-Range: bytes 0-0/8, SizeMismatch",
    "7, e, 206, ETag: W/\"e\"|Content-Range: bytes 0-0/1, SizeMismatch",
    "7, e, 200, ETag: \"e\"|Content-Length: 8, SizeMismatch",
    "7, -, 200, ETag: \"e\"|Content-Length: 8, SizeMismatch",
    // no version, no object
    "7, e, 200, Content-Type: text/html|Content-Length: 7, NoETag",
    "-, -, 200, -, NoETag",
    "-, -, 206, Content-Range: bytes 0-0/7, NoETag",
    "-, -, 206, ETag: \"\"|Content-Range: bytes 0-0/7, NoETag",
    "-, -, 200, Content-Length: 0, NoETag",
    "7, e, 206, ETag: \"e\"|ETag: \"f\"|Content-Range: bytes 0-0/7, NoETag",
    "7, e, 206, 'ETag: \"e\", \"f\"|Content-Range: bytes 0-0/7', NoETag",
    "7, e, 206, 'ETag: \"e\",\"f\"|Content-Range: bytes 0-0/7', NoETag",
    "-, -, 206, ETag: e|ETag: f|Content-Range: bytes 0-0/7, NoETag",
    "7, e, 206, ETag: \"e\"|ETag: \"e\"|Content-Range: bytes 0-0/7, staged 7 e",
    // about other bytes
    "1000, e, 206, ETag: \"e\"|Content-Range: bytes 0-999/1000, UnexpectedRange",
    "10, e, 206, ETag: \"e\"|Content-Range: bytes 5-5/10, UnexpectedRange",
    "10, e, 206, ETag: \"e\"|Content-Range: bytes 0-0/, UnexpectedRange",
    "10, e, 206, ETag: \"e\"|Content-Range: bytes 0-0/ten, UnexpectedRange",
    "10, e, 206, ETag: \"e\"|Content-Range: bytes 0-0/-10, UnexpectedRange",
    "10, e, 206, ETag: \"e\"|Content-Range: bytes 0-0/+10, UnexpectedRange",
    "10, e, 206, ETag: \"e\"|Content-Range: bytes 0-0/0, UnexpectedRange",
    "10, e, 206, ETag: \"e\"|Content-Range: bytes */10, UnexpectedRange",
    "10, e, 206, ETag: \"e\"|Content-Range: garbage, UnexpectedRange",
    "10, e, 206, ETag: \"e\"|Content-Range:, UnexpectedRange",
    "10, e, 206, ETag: \"e\"|Content-Range: bytes 0-0/99999999999999999999, UnexpectedRange",
    "10, e, 206, ETag: \"e\"|Content-Range: bytes 0-0/10|Content-Range: bytes 0-0/11,"
        + " UnexpectedRange",
    "10, e, 200, ETag: \"e\"|Content-Length: 10|Content-Length: 11, UnexpectedLength",
    "10, e, 200, ETag: \"e\"|Content-Length: -1, UnexpectedLength",
    "10, e, 200, ETag: \"e\"|Content-Length: many, UnexpectedLength",
    // no bytes
    "-, -, 416, Content-Range: bytes */0, empty",
    "7, e, 416, x-amz-request-id: 1|Content-Range: bytes */0, empty",
    "7, e, 416, Content-Range: bytes */0, empty if listed",
    "-, -, 416, -, empty",
    "0, e, 416, -, empty",
    "-, e, 416, -, empty",
    "7, e, 416, -, empty if listed",
    "1000, e, 416, Content-Range: bytes */1000, UnexpectedRange",
    "-, -, 416, Content-Range: bytes */1000, UnexpectedRange",
    "-, -, 416, Content-Range: bytes */*, UnexpectedRange",
    "-, -, 416, Content-Range: bytes 0-0/0, UnexpectedRange",
    "-, -, 200, ETag: \"e\"|Content-Length: 0, empty if listed",
    "7, e, 200, ETag: \"e\"|Content-Length: 0, empty if listed",
  })
  void verdict(String size, String etag, int status, String headers, String expected) {
    assertThat(words(HeadVerdict.of(listed(size, etag), answer(status, headers))))
        .isEqualTo(expected);
  }

  @Test
  void aRangeErrorAboutTheListedVersionContradictsItsSize() {
    String headers = "ETag: \"e\"|Content-Range: bytes */0|x-amz-request-id: 1";
    assertThat(words(HeadVerdict.of(listed("7", "e"), answer(416, headers))))
        .isEqualTo("empty if listed");
    assertThat(words(HeadVerdict.of(listed("7", "other"), answer(416, headers))))
        .isEqualTo("empty");
  }

  @ParameterizedTest
  @ValueSource(ints = {101, 201, 204, 301, 304, 404, 500})
  void otherStatusesAreNotProof(int status) {
    assertThat(HeadVerdict.judges(status)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "X-Amz-Request-Id: t, true",
    "x-amz-id-2: t, true",
    "x-amzn-trace: t, false",
    "ETag: \"x-amz-\", false",
  })
  void anAnswerShowsThatItComesFromS3(String header, boolean expected) {
    assertThat(answer(200, header).fromS3()).isEqualTo(expected);
  }
}
