package io.github.lotaprestage.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What to stage.
final class TargetOptions {

  @Parameters(
      paramLabel = "TARGET",
      description = {
        "s3://BUCKET/KEY one object, s3://BUCKET/PREFIX/ all below it, s3://BUCKET all of it;",
        "with * or ? a wildcard over keys (both match /, too)."
      })
  List<String> targets = new ArrayList<>();

  @Option(names = "--raw", description = "Take * and ? in a TARGET literally.")
  boolean raw;

  @Option(
      names = {"-b", "--bucket"},
      paramLabel = "B",
      description = "The bucket of --key, --prefix and of bare keys in lists; alone, all of it.")
  @Nullable String bucket;

  @Option(
      names = {"-k", "--key"},
      paramLabel = "K",
      description = "One object, taken literally; may be repeated.")
  List<String> keys = new ArrayList<>();

  @Option(
      names = {"-p", "--prefix"},
      paramLabel = "P",
      description = "All keys that start with this string; may be repeated.")
  List<String> prefixes = new ArrayList<>();

  @Option(
      names = "--files-from",
      paramLabel = "FILE",
      description = "Objects from a file, or - for standard input: a key or an s3:// URI a line.")
  List<String> filesFrom = new ArrayList<>();

  @Option(
      names = "--files-from0",
      paramLabel = "FILE",
      description = "The same, with NUL instead of line ends.")
  List<String> filesFrom0 = new ArrayList<>();
}
