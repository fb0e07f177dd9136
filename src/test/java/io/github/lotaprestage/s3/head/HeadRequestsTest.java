package io.github.lotaprestage.s3.head;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.s3.config.Addressing;
import io.github.lotaprestage.s3.config.Endpoint;
import io.github.lotaprestage.s3.sign.Signing;
import java.net.URI;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

class HeadRequestsTest {

  private final Random random = new Random(20_261_124);

  private static String path(String key, boolean pathStyle) {
    Endpoint endpoint =
        new Endpoint(URI.create("http://cwlota.com"), "test", new Addressing(pathStyle, "test"));
    String request =
        new HeadRequests(new Signing(endpoint, Region.US_EAST_1, true, () -> 0))
            .sign(ObjectRef.named("bucket", key), AwsBasicCredentials.create("unused", "unused"))
            .text();
    return request.substring("HEAD ".length(), request.indexOf(" HTTP/1.1\r\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"k", "a//b", "/a", "a/", "a/../b", "./.", "a b+c%20", "~", "\u00fc/\ud83d\ude00"})
  void theKeyIsEncodedAndItsSlashesStay(String key) {
    String encoded = SdkHttpUtils.urlEncodeIgnoreSlashes(key);
    assertThat(path(key, false)).isEqualTo("/" + encoded);
    assertThat(path(key, true)).isEqualTo("/bucket/" + encoded);
  }

  @Test
  void everyKeyIsEncodedAsTheSdkDoes() {
    for (int i = 0; i < 1000; i++) {
      int[] points =
          random
              .ints(1 + random.nextInt(30), 0x20, random.nextBoolean() ? 0x7F : 0x1FFFF)
              .filter(point -> point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE)
              .toArray();
      String key = "k" + new String(points, 0, points.length);
      assertThat(path(key, false)).isEqualTo("/" + SdkHttpUtils.urlEncodeIgnoreSlashes(key));
    }
  }
}
