package io.github.lotaprestage.s3.probe;

import io.github.lotaprestage.s3.config.ShownUrl;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/// How an endpoint answers a LIST without a signature. A store answers in its own way even if it
/// refuses the request, so that it can be told from a web server.
///
/// @param fromS3 whether only an S3 store answers like this
/// @param contentType empty if there is none
/// @param location where a redirect leads, without what may be secret in it
public record Greeting(int status, boolean fromS3, String contentType, Optional<String> location) {

  private static final int BEGINNING = 1024;
  private static final int MAX_TYPE_LENGTH = 80;

  /// The elements that an answer of S3 to this request begins with.
  private static final List<String> ELEMENTS =
      List.of("<Error", "<ListBucketResult", "<ListAllMyBucketsResult");

  static Greeting of(ClassicHttpResponse answer) throws IOException {
    String location = value(answer, HttpHeaders.LOCATION);
    String type = value(answer, HttpHeaders.CONTENT_TYPE);
    return new Greeting(
        answer.getCode(),
        hasS3Header(answer) || hasS3Body(answer),
        type == null ? "" : type.substring(0, Math.min(type.length(), MAX_TYPE_LENGTH)),
        Optional.ofNullable(location).map(ShownUrl::of));
  }

  private static @Nullable String value(ClassicHttpResponse answer, String name) {
    Header header = answer.getFirstHeader(name);
    return header == null ? null : header.getValue();
  }

  private static boolean hasS3Header(ClassicHttpResponse answer) {
    for (Iterator<Header> all = answer.headerIterator(); all.hasNext(); ) {
      String name = all.next().getName().toLowerCase(Locale.ROOT);
      if (name.startsWith("x-amz-") && !name.startsWith("x-amz-cf-")) { // any site on CloudFront
        return true;
      }
    }
    return false;
  }

  private static boolean hasS3Body(ClassicHttpResponse answer) throws IOException {
    if (answer.getEntity() == null) {
      return false;
    }
    byte[] bytes = answer.getEntity().getContent().readNBytes(BEGINNING);
    String beginning = new String(bytes, StandardCharsets.UTF_8).strip();
    String root = beginning.startsWith("<?") ? beginning.replaceFirst("<\\?[^>]*>\\s*", "") : "";
    return ELEMENTS.stream()
        .anyMatch(element -> (root.isEmpty() ? beginning : root).startsWith(element));
  }
}
