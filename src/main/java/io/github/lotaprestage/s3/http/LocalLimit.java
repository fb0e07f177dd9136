package io.github.lotaprestage.s3.http;

import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.UnusableException;
import java.io.IOException;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Limits of this machine that are not the store's fault: file descriptors, ports, threads.
public final class LocalLimit {

  /// File descriptors for everything except HEADs: streams, files of the run, name servers, LISTs.
  static final int RESERVED = 32;

  /// The file descriptors that Java, the files of a run and one connection need.
  private static final int MINIMUM = 52;

  private static final Path LIMITS = Path.of("/proc/self/limits");
  private static final String DESCRIPTORS = "Max open files";

  private LocalLimit() {}

  /// Descriptors that connections leave free once there were not enough for all of them.
  ///
  /// @param inUse connections that could be opened
  static int headroom(int inUse) {
    return Math.clamp(inUse / 4, 2, 8);
  }

  /// Whether a connection could not be opened because this machine ran out of something.
  public static boolean isReached(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      String message = String.valueOf(t.getMessage());
      if (message.contains("Too many open files") // EMFILE, ENFILE
          || message.contains("No file descriptors available") // the same with musl
          || message.contains("Cannot assign requested address") // EADDRNOTAVAIL
          || message.contains("unable to create native thread")) {
        return true;
      }
    }
    // A resolver that cannot open its files says only that there is no such host.
    return failure instanceof UnknownHostException && !canOpenSocket();
  }

  private static boolean canOpenSocket() {
    try (Socket socket = new Socket()) {
      socket.setTcpNoDelay(true); // makes the descriptor
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /// The remedy for a failure for which [#isReached] is true.
  public static String remedy(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      String message = String.valueOf(t.getMessage());
      if (message.contains("Cannot assign requested address")) {
        return "no local port is free: widen net.ipv4.ip_local_port_range or lower --concurrency";
      }
      if (message.contains("native thread")) {
        return "no more threads: raise the limit of processes (ulimit -u) or lower --concurrency";
      }
    }
    OptionalLong limit = descriptors();
    return "too many open files: raise the limit of file descriptors (ulimit -n"
        + (limit.isPresent() ? ", now " + limit.getAsLong() : "")
        + ") or lower --concurrency";
  }

  /// The maximum number of open file descriptors of this process; empty if there is no limit or it
  /// is unknown.
  public static OptionalLong descriptors() {
    try {
      return descriptors(Files.readString(LIMITS, StandardCharsets.US_ASCII));
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }

  /// @param limits as in `/proc/self/limits`
  static OptionalLong descriptors(String limits) {
    int line = limits.indexOf(DESCRIPTORS);
    int from = line + DESCRIPTORS.length();
    while (line >= 0 && from < limits.length() && limits.charAt(from) == ' ') {
      from++;
    }
    int end = from;
    while (line >= 0 && end < limits.length() && Character.isDigit(limits.charAt(end))) {
      end++;
    }
    return line < 0 || end == from
        ? OptionalLong.empty()
        : OptionalLong.of(Long.parseLong(limits, from, end, 10));
  }

  /// @throws UnusableException if not even one connection can be opened beside Java's own files
  public static void requireOneConnection(OptionalLong descriptors) throws UnusableException {
    if (descriptors.isPresent() && descriptors.getAsLong() < MINIMUM) {
      String problem =
          "this process may open only %d files at once, and needs at least %d"
              .formatted(descriptors.getAsLong(), MINIMUM);
      throw new UnusableException(Failure.local(Failure.Kind.FILE, "LocalLimit", problem), null);
    }
  }

  /// A warning if `concurrency` connections need more file descriptors than allowed.
  public static @Nullable String warning(int concurrency, OptionalLong descriptors) {
    return descriptors.isPresent() && concurrency + RESERVED > descriptors.getAsLong()
        ? "--concurrency %d needs more file descriptors than this process may open (%d): fewer HEADs"
                .formatted(concurrency, descriptors.getAsLong())
            + " will be in flight; raise the limit: ulimit -n "
            + (concurrency + RESERVED)
        : null;
  }
}
