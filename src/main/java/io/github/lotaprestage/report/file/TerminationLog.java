package io.github.lotaprestage.report.file;

import io.github.lotaprestage.files.Destination;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// The file in which Kubernetes looks for the last message of a container:
/// `terminationMessagePath`, by default `/dev/termination-log`. The kubelet reads at most 4,096
/// bytes of it.
///
/// Under another name it is recognised as what the kubelet makes of it: a mount of the file
/// `pods/UID/containers/NAME/ID` in the kubelet's directory.
final class TerminationLog {

  static final int MAX_BYTES = 4096;

  private static final Path DEFAULT = Path.of("/dev/termination-log");
  private static final Path MOUNTS = Path.of("/proc/self/mountinfo");
  private static final Pattern OF_KUBELET =
      Pattern.compile("(.*/)?pods/[^/]+/containers/[^/]+/[^/]+");

  private TerminationLog() {}

  static boolean is(Path file) {
    try {
      Path real = Destination.of(file).path();
      return real.equals(DEFAULT)
          || (Files.isReadable(MOUNTS) && isMount(real, Files.readString(MOUNTS)));
    } catch (IOException e) {
      return false; // writing it will show what is wrong
    }
  }

  /// Source: proc_pid_mountinfo(5): the fourth field is the mounted file as its file system names
  /// it, and the fifth is the mount point.
  static boolean isMount(Path file, String mountinfo) {
    return mountinfo
        .lines()
        .map(line -> line.split(" "))
        .anyMatch(fields ->
            fields.length > 4
                && unescaped(fields[4]).equals(file.toString())
                && OF_KUBELET.matcher(fields[3]).matches());
  }

  private static String unescaped(String field) {
    return field
        .replace("\\040", " ")
        .replace("\\011", "\t")
        .replace("\\012", "\n")
        .replace("\\134", "\\");
  }
}
