package io.github.lotaprestage.s3.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.lotaprestage.object.UnusableException;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LocalLimitTest {

  private static final String LIMITS =
      """
      Limit                     Soft Limit           Hard Limit           Units
      Max processes             unlimited            unlimited            processes
      Max open files            1024                 4096                 files
      """;

  @Test
  void whatThisMachineLacksIsTold() {
    IOException files = new SocketException("Too many open files");
    assertThat(LocalLimit.isReached(new IOException("wrapped", files))).isTrue();
    assertThat(LocalLimit.remedy(files)).contains("ulimit -n");
    IOException ports = new BindException("Cannot assign requested address (connect failed)");
    assertThat(LocalLimit.isReached(ports)).isTrue();
    assertThat(LocalLimit.remedy(ports)).contains("ip_local_port_range");
  }

  @Test
  void fewDescriptorsAreMostlyForConnections() {
    assertThat(LocalLimit.headroom(1)).isEqualTo(2);
    assertThat(LocalLimit.headroom(14)).isEqualTo(3);
    assertThat(LocalLimit.headroom(300)).isEqualTo(8);
  }

  @Test
  void whatTheStoreDoesIsNoLimit() {
    assertThat(LocalLimit.isReached(new ConnectException("Connection refused"))).isFalse();
    assertThat(LocalLimit.isReached(new UnknownHostException("a.test"))).isFalse();
    assertThat(LocalLimit.isReached(new IOException())).isFalse();
  }

  @Test
  void theSoftLimitIsRead() {
    assertThat(LocalLimit.descriptors(LIMITS)).hasValue(1024);
    assertThat(LocalLimit.descriptors(LIMITS.replace("1024", "unlimited"))).isEmpty();
    assertThat(LocalLimit.descriptors("")).isEmpty();
    assertThat(LocalLimit.descriptors("Max open files")).isEmpty();
  }

  @Test
  void aConcurrencyBeyondTheLimitIsWarnedOf() {
    assertThat(LocalLimit.warning(300, OptionalLong.of(1024))).isNull();
    assertThat(LocalLimit.warning(300, OptionalLong.empty())).isNull();
    assertThat(LocalLimit.warning(300, OptionalLong.of(256)))
        .contains("300", "256", "ulimit -n 332");
  }

  @Test
  void aLimitThatAllowsNoConnectionIsRefused() {
    assertThatThrownBy(() -> LocalLimit.requireOneConnection(OptionalLong.of(48)))
        .isInstanceOf(UnusableException.class)
        .hasMessageContaining("48");
    assertThatCode(() -> LocalLimit.requireOneConnection(OptionalLong.of(64)))
        .doesNotThrowAnyException();
    assertThatCode(() -> LocalLimit.requireOneConnection(OptionalLong.empty()))
        .doesNotThrowAnyException();
  }
}
