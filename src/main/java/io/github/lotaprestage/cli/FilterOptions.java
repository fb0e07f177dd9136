package io.github.lotaprestage.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which of the objects below the targets.
final class FilterOptions {

  @Option(
      names = "--include",
      paramLabel = "GLOB",
      description = "Only keys that match, relative to the target's prefix; may be repeated.")
  List<String> include = new ArrayList<>();

  @Option(
      names = "--exclude",
      paramLabel = "GLOB",
      description = "No keys that match; wins over --include; may be repeated.")
  List<String> exclude = new ArrayList<>();

  @Option(
      names = "--min-size",
      paramLabel = "SIZE",
      converter = Sizes.class,
      description = "Only objects of at least SIZE, such as 4MiB.")
  @Nullable Long minSize;

  @Option(
      names = "--max-size",
      paramLabel = "SIZE",
      converter = Sizes.class,
      description = "Only objects of at most SIZE.")
  @Nullable Long maxSize;

  @Option(
      names = "--newer-than",
      paramLabel = "TIME",
      converter = Instants.class,
      description = "Only objects modified after TIME: an age (7d, 36h) or an ISO-8601 date.")
  @Nullable Instant newerThan;

  @Option(
      names = "--older-than",
      paramLabel = "TIME",
      converter = Instants.class,
      description = "Only objects modified before TIME.")
  @Nullable Instant olderThan;

  @Option(
      names = "--storage-class",
      paramLabel = "CLASS",
      description = "Only this storage class, such as STANDARD; may be repeated.")
  List<String> storageClasses = new ArrayList<>();
}
