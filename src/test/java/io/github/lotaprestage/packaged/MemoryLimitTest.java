package io.github.lotaprestage.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Where the launcher finds a memory limit, in made-up `/proc` and `/sys` directories.
class MemoryLimitTest {

  private static final String LARGE = "-XX:MaxNewSize=64m";
  private static final String SMALL = "-XX:-UseTransparentHugePages";

  @TempDir private Path root;

  private MemoryLimitTest file(String name, String text) throws Exception {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text + "\n");
    return this;
  }

  private String limit() throws Exception {
    return limit("");
  }

  private String limit(String javaOptions) throws Exception {
    file("proc/meminfo", "MemTotal:        4194304 kB");
    Result result =
        Program.bare()
            .javaOptions(javaOptions)
            .shell(
                "fail() { echo \"$*\"; exit 3; }; . src/main/dist/lib/limits.sh; root=$1;"
                    + " choose_memory_options; echo $memory $memory_options",
                root)
            .silent();
    return result.out().strip();
  }

  @Test
  void withoutControlGroupsItIsTheMachine() throws Exception {
    assertThat(limit()).isEqualTo("4294967296 " + LARGE);
  }

  @Test
  void optionsForTheHeapAreNotMixedWithOthers() throws Exception {
    assertThat(limit("-Xmx64m")).isEqualTo("4294967296");
    assertThat(limit("-XX:MaxRAM=128m")).isEqualTo("4294967296");
  }

  @Test
  void ofAContainerWithItsOwnNamespace() throws Exception {
    file("proc/self/cgroup", "0::/").file("sys/fs/cgroup/memory.max", "134217728");
    assertThat(limit()).isEqualTo("134217728 " + SMALL);
  }

  @Test
  void ofAnyGroupAbove() throws Exception {
    file("proc/self/cgroup", "0::/slurm/job 1/step:0")
        .file("sys/fs/cgroup/slurm/job 1/step:0/memory.max", "max")
        .file("sys/fs/cgroup/slurm/job 1/memory.max", "134217728")
        .file("sys/fs/cgroup/slurm/memory.max", "1073741824");
    assertThat(limit()).isEqualTo("134217728 " + SMALL);
  }

  @Test
  void ofVersionOne() throws Exception {
    file("proc/self/cgroup", "9:name=systemd:/\n5:cpu,memory:/a/b\n0::/")
        .file("sys/fs/cgroup/memory/a/b/memory.limit_in_bytes", "9223372036854771712")
        .file("sys/fs/cgroup/memory/a/memory.limit_in_bytes", "300000000");
    assertThat(limit()).isEqualTo("300000000 " + LARGE);
  }

  @Test
  void ofAContainerThatSeesAPathOutsideOfIt() throws Exception {
    file("proc/self/cgroup", "4:memory:/docker/0123/inner")
        .file("sys/fs/cgroup/memory/inner/memory.limit_in_bytes", "9223372036854771712")
        .file("sys/fs/cgroup/memory/memory.limit_in_bytes", "134217728");
    assertThat(limit()).isEqualTo("134217728 " + SMALL);
  }

  @Test
  void tooLittleIsSaid() throws Exception {
    file("proc/self/cgroup", "0::/").file("sys/fs/cgroup/memory.max", "67108864");
    assertThat(limit()).isEqualTo("the memory limit is 64 MiB; at least 96 MiB are needed");
  }
}
