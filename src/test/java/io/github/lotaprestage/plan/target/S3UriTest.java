package io.github.lotaprestage.plan.target;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class S3UriTest {

  @ParameterizedTest
  @CsvSource({
    "s3://b/k, b, k",
    "s3://b/a/b//c/, b, a/b//c/",
    "s3://b//k, b, /k",
    "s3://b/%2F?x#y, b, %2F?x#y",
    "s3://b/, b, ''",
    "s3:///k, '', k",
  })
  void isPrintedAsItWasRead(String text, String bucket, String key) {
    assertThat(S3Uri.parse(text)).contains(new S3Uri(bucket, key));
    assertThat(new S3Uri(bucket, key)).hasToString(text);
  }

  @Test
  void theSlashAfterTheBucketMayBeMissing() {
    assertThat(S3Uri.parse("s3://b")).contains(new S3Uri("b", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "k", "s3:/b/k", "S3://b/k", " s3://b/k", "https://b/k"})
  void nothingElseIsOne(String text) {
    assertThat(S3Uri.parse(text)).isEmpty();
  }
}
