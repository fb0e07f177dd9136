package io.github.lotaprestage.cli;

import io.github.lotaprestage.cli.values.Values;
import java.util.List;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// What to stage.
final class TargetOptions extends OptionSet {

  final Value<List<String>> targets =
      parameters(
          PositionalParamSpec.builder()
              .arity("0..*")
              .paramLabel("TARGET")
              .description(
                  "s3://BUCKET/KEY: one object. s3://BUCKET/PREFIX/: all objects below it."
                      + " s3://BUCKET: the entire bucket. * and ? are wildcards that also match"
                      + " slashes. {000..127} and {a,b} stand for several keys."));

  final Value<Boolean> raw =
      flag(OptionSpec.builder("--raw").description("Take *, ? and braces in a TARGET literally."));

  final Value<String> bucket =
      option(
          String.class,
          OptionSpec.builder("-b", "--bucket")
              .paramLabel("B")
              .description(
                  "Bucket for --key, --prefix and bare keys in lists. On its own: the entire"
                      + " bucket."));

  final Value<List<String>> keys =
      options(
          OptionSpec.builder("-k", "--key")
              .paramLabel("K")
              .description("Key of one object, taken literally. May be repeated."));

  final Value<List<String>> prefixes =
      options(
          OptionSpec.builder("-p", "--prefix")
              .paramLabel("P")
              .converters(
                  new Values.Text(
                      true, "; for the whole bucket write s3://BUCKET, or --bucket alone"))
              .description("All keys that start with this string. May be repeated."));

  final Value<List<String>> filesFrom =
      options(
          OptionSpec.builder("--files-from")
              .paramLabel("FILE")
              .description(
                  "Read objects from FILE, or from standard input if FILE is -: one key or"
                      + " s3:// URI a line. May be repeated."));

  final Value<List<String>> filesFrom0 =
      options(
          OptionSpec.builder("--files-from0")
              .paramLabel("FILE")
              .description("Like --files-from, but with NUL instead of line ends."));
}
