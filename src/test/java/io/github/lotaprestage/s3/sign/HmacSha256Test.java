package io.github.lotaprestage.s3.sign;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class HmacSha256Test {

  @Test
  void isWhatTheJdkMakes() throws Exception {
    Random random = new Random(2104);
    for (int length = 1; length < 200; length++) {
      byte[] key = new byte[length];
      byte[] text = new byte[random.nextInt(300)];
      random.nextBytes(key);
      random.nextBytes(text);
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      HmacSha256 hmac = new HmacSha256(key);
      assertThat(hmac.of(text)).isEqualTo(mac.doFinal(text));
      assertThat(hmac.startingWith(text).of(key)).as("used again").isNotEqualTo(hmac.of(text));
      mac.update(text);
      assertThat(hmac.startingWith(text).of(key)).isEqualTo(mac.doFinal(key));
    }
  }
}
