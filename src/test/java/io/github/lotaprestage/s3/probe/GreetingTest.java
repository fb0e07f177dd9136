package io.github.lotaprestage.s3.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GreetingTest {

  private static Greeting with(String header, String value) throws IOException {
    BasicClassicHttpResponse answer = new BasicClassicHttpResponse(403);
    answer.addHeader(header, value);
    return Greeting.of(answer);
  }

  @ParameterizedTest
  @CsvSource({
    "x-amz-request-id, true",
    "X-Amz-Bucket-Region, true",
    "x-amz-cf-id, false", // any site on CloudFront
    "x-amzn-requestid, false", // any interface on API Gateway
    "server, false",
  })
  void aStoreIsKnownByItsHeaders(String header, boolean fromS3) throws IOException {
    assertThat(with(header, "1").fromS3()).isEqualTo(fromS3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<Error><Code>AccessDenied</Code></Error>",
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ListBucketResult/>",
        " <?xml version='1.0'?><ListAllMyBucketsResult/>",
      })
  void aStoreIsKnownByItsXml(String body) throws IOException {
    assertThat(answering(body).fromS3()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<html>", "<?xml version=\"1.0\"?><feed/>", "{\"Error\":1}", "<?xml"})
  void otherContentIsNotAStores(String body) throws IOException {
    assertThat(answering(body).fromS3()).isFalse();
  }

  private static Greeting answering(String body) throws IOException {
    BasicClassicHttpResponse answer = new BasicClassicHttpResponse(200);
    answer.setEntity(new StringEntity(body, ContentType.TEXT_PLAIN));
    return Greeting.of(answer);
  }

  @Test
  void aLongContentTypeIsCut() throws IOException {
    assertThat(with("content-type", "x".repeat(2000)).contentType()).hasSize(80);
  }
}
