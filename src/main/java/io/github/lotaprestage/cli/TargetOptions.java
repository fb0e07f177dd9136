package io.github.lotaprestage.cli;

import java.util.List;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// What to stage.
final class TargetOptions extends OptionGroup {

  final Value<List<String>> targets =
      parameters(
          PositionalParamSpec.builder()
              .arity("0..*")
              .paramLabel("TARGET")
              .description(
                  "s3://BUCKET/KEY one object, s3://BUCKET/PREFIX/ all below it,",
                  "s3://BUCKET all of it; with * or ? a wildcard over keys, which also",
                  "crosses slashes."));

  final Value<Boolean> raw =
      flag(OptionSpec.builder("--raw").description("Take * and ? in a TARGET literally."));

  final Value<String> bucket =
      option(
          String.class,
          OptionSpec.builder("-b", "--bucket")
              .paramLabel("B")
              .description(
                  "The bucket of --key, --prefix and of bare keys in lists; alone, all of it."));

  final Value<List<String>> keys =
      options(
          OptionSpec.builder("-k", "--key")
              .paramLabel("K")
              .description("One object, taken literally; may be repeated."));

  final Value<List<String>> prefixes =
      options(
          OptionSpec.builder("-p", "--prefix")
              .paramLabel("P")
              .converters(
                  new Values.Text(
                      true, "; for the whole bucket write s3://BUCKET, or --bucket alone"))
              .description("All keys that start with this string; may be repeated."));

  final Value<List<String>> filesFrom =
      options(
          OptionSpec.builder("--files-from")
              .paramLabel("FILE")
              .description(
                  "Objects from a file, or - for standard input: a key or an s3:// URI a line."));

  final Value<List<String>> filesFrom0 =
      options(
          OptionSpec.builder("--files-from0")
              .paramLabel("FILE")
              .description("The same, with NUL instead of line ends."));
}
