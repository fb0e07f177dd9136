package io.github.lotaprestage.records;

import io.github.lotaprestage.files.FileReason;
import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.Outcome;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/// The program of [io.github.lotaprestage.fixture.OtherRun]: uses a file, prints `held` or what
/// went wrong, and ends in order when standard input is closed.
final class Holder {

  private Holder() {}

  public static void main(String[] args) throws Exception {
    Path file = Path.of(args[1]);
    switch (args[0]) {
      case "--journal" -> {
        try (Journal journal = Journal.open(file, URI.create("http://cwlota.com"), null)) {
          hold();
          journal.add(new ObjectRef("bucket", "of the other", 1L, "v1", null, null));
        } catch (IOException e) {
          System.out.println(FileReason.of(e));
        }
      }
      case "--failed-to" -> {
        try (FailureList list = FailureList.open(file)) {
          hold();
          list.finish(true);
        } catch (IOException e) {
          System.out.println(FileReason.of(e));
        }
      }
      case "--failed-to-large" -> {
        try (FailureList list = FailureList.open(file)) {
          for (int i = 0; i < 1000; i++) {
            list.add(failed("key-" + i));
          }
          list.finish(true);
          System.out.println("complete");
        } catch (IOException e) {
          System.out.println(FileReason.of(e));
        }
      }
      default -> throw new IllegalArgumentException(args[0]);
    }
  }

  static Outcome failed(String key) {
    return new Outcome.Failed(
        ObjectRef.named("bucket", key),
        Failure.local(Failure.Kind.DENIED, "AccessDenied", "no"),
        Outcome.Attempts.NONE,
        Duration.ZERO);
  }

  private static void hold() throws IOException {
    System.out.println("held");
    while (System.in.read() >= 0) {
      // until it is closed
    }
  }
}
