package io.github.lotaprestage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// How long this process has been running, including the launcher, which becomes Java.
///
/// Linux reports when a process started (`/proc/self/stat`) and how long the system has been up
/// (`/proc/uptime`); `ProcessHandle` rounds the start to whole seconds. If the two files do not
/// belong together, as in some containers, the process counts as new.
final class ProcessAge {

  /// Linux counts process times in 1/100 s for programs, on every architecture.
  private static final long MILLIS_PER_TICK = 10;

  /// `starttime` is field 22 of the line, and this many fields follow the program's name before it.
  private static final int FIELDS_BEFORE_START = 20;

  private static final Duration LONGEST_START = Duration.ofMinutes(5);

  private ProcessAge() {}

  static Duration now() {
    try {
      return of(
          Files.readString(Path.of("/proc/self/stat")), Files.readString(Path.of("/proc/uptime")));
    } catch (IOException e) { // not Linux
      return Duration.ZERO;
    }
  }

  /// @param stat a line such as `7 (java) S 1 ...`, where the name may hold spaces and brackets
  /// @param uptime seconds with two decimals, such as `3600.25 7000.50`
  private static Duration of(String stat, String uptime) {
    int at = stat.lastIndexOf(')') + 1;
    for (int i = 1; i < FIELDS_BEFORE_START; i++) {
      at = stat.indexOf(' ', at + 1);
    }
    int end = stat.indexOf(' ', at + 1);
    int point = uptime.indexOf('.');
    try {
      long started = Long.parseLong(stat, at + 1, end, 10) * MILLIS_PER_TICK;
      long up =
          Long.parseLong(uptime, 0, point, 10) * 1000
              + Long.parseLong(uptime, point + 1, point + 3, 10) * 10;
      Duration age = Duration.ofMillis(up - started);
      return age.isNegative() || age.compareTo(LONGEST_START) > 0 ? Duration.ZERO : age;
    } catch (NumberFormatException | IndexOutOfBoundsException e) { // not the files of Linux
      return Duration.ZERO;
    }
  }
}
