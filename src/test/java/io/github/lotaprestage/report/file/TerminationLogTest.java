package io.github.lotaprestage.report.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminationLogTest {

  private static final String MOUNTS =
      """
      812 798 0:87 / / ro,relatime master:331 - overlay overlay rw,lowerdir=/a
      813 812 0:90 / /proc rw,nosuid - proc proc rw
      830 812 253:1 /var/lib/kubelet/pods/5b1c/containers/main/0a1b2c3d /run/last\\040words rw - ext4 /dev/vda1 rw
      831 812 0:44 /pods/5b1c/containers/main/77aa /msg rw,relatime shared:3 - tmpfs tmpfs rw
      832 812 253:1 /var/lib/kubelet/pods/5b1c/etc-hosts /etc/hosts rw - ext4 /dev/vda1 rw
      833 812 253:1 /var/lib/kubelet/pods/5b1c/volumes/kubernetes.io~empty-dir/x/containers /vol rw - ext4 /dev/vda1 rw
      834 812 253:1 /home/me/summary.json /summary.json rw - ext4 /dev/vda1 rw
      """;

  @Test
  void theDefaultPathIsRecognised() {
    assertThat(TerminationLog.is(Path.of("/dev/../dev/termination-log"))).isTrue();
    assertThat(TerminationLog.is(Path.of("/dev/null"))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "/run/last words, true",
    "/msg, true",
    "/etc/hosts, false",
    "/vol, false",
    "/summary.json, false",
    "/run/last, false",
  })
  void anotherPathIsRecognisedByTheMountOfTheKubelet(String file, boolean expected) {
    assertThat(TerminationLog.isMount(Path.of(file), MOUNTS)).isEqualTo(expected);
  }
}
