package io.github.lotaprestage.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.lotaprestage.fixture.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How the build scripts find a Java, where there is nothing on PATH.
class FindJavaTest {

  @TempDir private Path directory;

  private Path java(String name, String release) throws Exception {
    Path home = directory.resolve(name);
    Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\nexit 99\n");
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.writeString(home.resolve("release"), release);
    return home;
  }

  private Result find(Path javaHome) throws Exception {
    return Program.bare()
        .env("JAVA_HOME", javaHome.toString())
        .shell(
            ". scripts/find-java.sh; PATH=/nonexistent;"
                + " find_java java \"$1\" && printf %s \"$java_home\"",
            directory);
  }

  @Test
  void javaHomeComesFirst() throws Exception {
    java("a", "JAVA_VERSION=\"26\"\n");
    Path home = java("java 25:*", "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"25.0.3\"");
    assertThat(find(home).out()).isEqualTo(home.toString());
  }

  @Test
  void anOldJavaIsPassedOver() throws Exception {
    Path newer = java("newer", "JAVA_VERSION=\"26-ea\"\n");
    Path old = java("old", "JAVA_VERSION=\"17.0.15\"\n");
    assertThat(find(old).out()).isEqualTo(newer.toString());
  }

  @Test
  void whatIsMissingIsSaid() throws Exception {
    Path old = java("old", "JAVA_VERSION=\"17.0.15\"\n");
    find(old)
        .exits(1)
        .noOutput()
        .err(err -> err.startsWith("lota-prestage: no Java 25 or newer found in JAVA_HOME"));
  }
}
