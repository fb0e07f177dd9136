package io.github.lotaprestage.s3.http;

import java.util.Iterator;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.MessageHeaders;
import org.jspecify.annotations.Nullable;

/// The headers of an answer that this program uses. One that describes the object and occurs
/// several times with different values has all of them, separated by commas; none of these allows
/// that, so such a value is not valid. Of others, the first value that is not blank counts.
///
/// @param etag as sent, with its quotes
/// @param fromS3 whether the answer has a header that only S3 stores send (`x-amz-*`)
public record AnswerHeaders(
    int status,
    @Nullable String etag,
    @Nullable String contentRange,
    @Nullable String contentLength,
    @Nullable String contentType,
    @Nullable String lastModified,
    @Nullable String storageClass,
    @Nullable String requestId,
    @Nullable String retryAfter,
    @Nullable String location,
    @Nullable String age,
    boolean fromS3) {

  private static final String S3_ONLY = "x-amz-";

  /// Reads all headers in one pass, because every object has an answer.
  public static AnswerHeaders of(int status, MessageHeaders headers) {
    String etag = null;
    String contentRange = null;
    String contentLength = null;
    String contentType = null;
    String lastModified = null;
    String storageClass = null;
    String requestId = null;
    String retryAfter = null;
    String location = null;
    String age = null;
    boolean fromS3 = false;
    for (Iterator<Header> all = headers.headerIterator(); all.hasNext(); ) {
      Header header = all.next();
      String name = header.getName();
      if (name.regionMatches(true, 0, S3_ONLY, 0, S3_ONLY.length())) {
        fromS3 = true;
        if (name.equalsIgnoreCase("x-amz-request-id")) {
          requestId = first(requestId, header.getValue());
        } else if (name.equalsIgnoreCase("x-amz-storage-class")) {
          storageClass = header.getValue();
        }
      } else if (name.equalsIgnoreCase("ETag")) {
        etag = joined(etag, header.getValue());
      } else if (name.equalsIgnoreCase("Content-Range")) {
        contentRange = joined(contentRange, header.getValue());
      } else if (name.equalsIgnoreCase("Content-Length")) {
        contentLength = joined(contentLength, header.getValue());
      } else if (name.equalsIgnoreCase("Content-Type")) {
        contentType = header.getValue();
      } else if (name.equalsIgnoreCase("Last-Modified")) {
        lastModified = header.getValue();
      } else if (name.equalsIgnoreCase("Retry-After")) {
        retryAfter = first(retryAfter, header.getValue());
      } else if (name.equalsIgnoreCase("Location")) {
        location = first(location, header.getValue());
      } else if (name.equalsIgnoreCase("Age")) {
        age = header.getValue();
      }
    }
    return new AnswerHeaders(
        status,
        etag,
        contentRange,
        contentLength,
        contentType,
        lastModified,
        storageClass,
        requestId,
        retryAfter,
        location,
        age,
        fromS3);
  }

  /// Whether a cache held this answer for some time before sending it.
  public boolean cached() {
    return age != null && !age.isBlank() && !age.strip().equals("0");
  }

  /// The first value that is not blank.
  private static @Nullable String first(@Nullable String before, String value) {
    return before == null && !value.isBlank() ? value : before;
  }

  private static String joined(@Nullable String before, String value) {
    return before == null || before.equals(value) ? value : before + ", " + value;
  }
}
