package io.github.lotaprestage.s3.errors;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorBodyTest {

  private static ErrorBody of(String body) {
    return ErrorBody.of(body.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void saysWhatTheStoreSays() {
    assertThat(
            of(
                """
                \ufeff<?xml version="1.0" encoding="UTF-8"?>
                <Error xmlns="http://s3.amazonaws.com/doc/2006-03-01/">
                  <Code> NoSuchBucket </Code><Message>a &lt;b&gt; &amp; c</Message>
                  <BucketName>b</BucketName><Detail><Code>Inner</Code></Detail>
                  <RequestId>tx1</RequestId><HostId/>
                </Error>
                """))
        .isEqualTo(new ErrorBody("NoSuchBucket", "a <b> & c", "tx1"));
  }

  @Test
  void whatIsEmptyIsNotSaid() {
    assertThat(of("<Error><Code/><Message>  </Message></Error>"))
        .isEqualTo(new ErrorBody(null, null, null));
  }

  /// The first one is the store's; what follows may have been added on the way.
  @Test
  void theFirstOfTwoCounts() {
    assertThat(of("<Error><Code>First</Code><Code>Second</Code></Error>").code())
        .isEqualTo("First");
  }

  /// Markup in a message does not hide the code.
  @Test
  void aMessageWithElementsIsItsText() {
    assertThat(of("<Error><Code>AccessDenied</Code><Message>no <b>way</b></Message></Error>"))
        .isEqualTo(new ErrorBody("AccessDenied", "no way", null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE Error><Error>%s</Error>",
        "<Error>text %s</Error>",
        "<s3:Error xmlns:s3='urn:x'>%s</s3:Error>",
        "<ErrorResponse><Error>%s</Error></ErrorResponse>",
        "<Response><Errors><Error>%s</Error></Errors></Response>",
        "<?xml version='1.0' encoding='ISO-8859-1'?><Error>%s<Where>M\u00fcnchen</Where></Error>",
      })
  void formsOfErrorsThatStoresAndProxiesSend(String body) {
    byte[] bytes =
        body.formatted("<Code>NoSuchBucket</Code><RequestID>tx1</RequestID>")
            .getBytes(StandardCharsets.ISO_8859_1);
    assertThat(ErrorBody.of(bytes)).isEqualTo(new ErrorBody("NoSuchBucket", null, "tx1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  ",
        "503 Service Unavailable",
        "<html><body><Code>NoSuchBucket</Code></body></html>",
        "<ListBucketResult><Code>NoSuchBucket</Code></ListBucketResult>",
        "<!DOCTYPE Error [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><Error><Code>&x;</Code></Error>",
        "<Error><Code>NoSuchBucket</Code>",
        "{\"error\":\"no\"}",
      })
  void anythingElseSaysNothing(String body) {
    assertThat(of(body)).isEqualTo(new ErrorBody(null, null, null));
  }
}
