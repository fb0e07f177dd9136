package io.github.lotaprestage.object;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StagedVersionsTest {

  private final StagedVersions remembered = new StagedVersions();

  @Test
  void aVersionIsRememberedUntilAnotherOneComes() {
    remembered.put("bucket", "key", "v1");
    assertThat(remembered.holds("bucket", "key", "v1")).isTrue();
    assertThat(remembered.holds("bucket", "key", "v2")).isFalse();
    assertThat(remembered.holds("other", "key", "v1")).isFalse();
    remembered.put("bucket", "key", "v2");
    assertThat(remembered.holds("bucket", "key", "v1")).isFalse();
    assertThat(remembered.holds("bucket", "key", "v2")).isTrue();
    assertThat(remembered.knows("bucket", "key")).isTrue();
    assertThat(remembered.knows("bucket", "key2")).isFalse();
    assertThat(remembered.size()).isEqualTo(1);
  }

  @Test
  void fiveMillionObjectsTakeAtMost64BytesEach() {
    int objects = 5_000_000;
    for (int i = 0; i < objects; i++) {
      remembered.put("bucket", "data/shard-" + i, "etag");
    }
    assertThat(remembered.size()).isEqualTo(objects);
    assertThat(remembered.footprint() / objects).isLessThanOrEqualTo(64);
    for (int i = 0; i < objects; i += 1009) {
      assertThat(remembered.holds("bucket", "data/shard-" + i, "etag")).isTrue();
      assertThat(remembered.knows("bucket", "data/shard-x" + i)).isFalse();
    }
  }
}
