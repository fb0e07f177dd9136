package io.github.lotaprestage.cli;

import io.github.lotaprestage.cli.values.Values;
import io.github.lotaprestage.cli.values.Values.Text;
import io.github.lotaprestage.plan.KeyList;
import io.github.lotaprestage.plan.Latest;
import java.util.List;

/// What to stage.
final class TargetOptions extends OptionSet {

  TargetOptions() {
    super("Targets");
  }

  final Option<List<String>> targets =
      parameters()
          .values("TARGET", Text.LITERAL)
          .text(
              "s3://BUCKET/KEY is one object, s3://BUCKET/PREFIX/ all objects below it, and"
                  + " s3://BUCKET the entire bucket. * and ? are wildcards that also match slashes."
                  + " {000..127} and {a,b} stand for several keys.")
          .details(
              "Nothing is decoded: '%2F' is three characters of a key. A bucket name cannot contain"
                  + " wildcards. A wildcard that ends with a slash includes everything below its"
                  + " matches. If targets overlap, each object is staged once. A single key that"
                  + " does not exist fails.");

  final Option<Boolean> raw = flag("--raw").text("Take *, ? and braces in a TARGET literally.");

  final Option<String> bucket =
      option("-b", "--bucket")
          .value("B", Text.NAME)
          .text("Bucket for --key, --prefix and bare keys in lists. On its own: the entire bucket.")
          .details("Together with a TARGET, it needs --key, --prefix or a list.");

  final Option<List<String>> keys =
      option("-k", "--key")
          .values("K", Text.LITERAL)
          .text("Stage the object with this key, which is taken literally.")
          .details("Needs --bucket. A key that does not exist fails.");

  final Option<List<String>> prefixes =
      option("-p", "--prefix")
          .values(
              "P", new Text(true, "; for the whole bucket write s3://BUCKET, or --bucket alone"))
          .text("Stage all keys that start with this string.")
          .details("Needs --bucket. The string does not have to end with a slash.");

  final Option<List<String>> filesFrom =
      option("--files-from")
          .values("FILE", Text.LITERAL)
          .text(
              "Read objects from FILE, or from standard input if FILE is '-': one key or s3:// URI per"
                  + " line. If the only TARGET is a prefix, it is just the base of bare keys.")
          .details(
              "Bare keys need --bucket or such a base. Lines are taken literally, and only empty lines"
                  + " are skipped. A list can have any length and may be compressed with gzip. Apart"
                  + " from a base, lists and targets add up.");

  /// How the lists of --files-from are written.
  enum FilesFormat {
    KEYS(KeyList.Format.KEYS),
    AWS_LS(KeyList.Format.AWS_LS),
    NDJSON(KeyList.Format.NDJSON);

    private final KeyList.Format format;

    FilesFormat(KeyList.Format format) {
      this.format = format;
    }

    KeyList.Format format() {
      return format;
    }
  }

  final Option<FilesFormat> filesFormat =
      option("--files-format")
          .value("FORMAT", new Values.Word<>(FilesFormat.class))
          .defaultsTo("keys")
          .text(
              "Format of the lists of --files-from: keys, aws-ls ('aws s3 ls --recursive') or"
                  + " ndjson ('-o json' of this program).")
          .details(
              "The format is never guessed. The keys of aws-ls and ndjson are whole keys, of which a"
                  + " base gives only the bucket.");

  final Option<List<String>> filesFrom0 =
      option("--files-from0")
          .values("FILE", Text.LITERAL)
          .text("Like --files-from, but each entry ends with a NUL byte instead of a line end.")
          .details("Use it for keys that contain line ends.");

  final Option<Integer> latest =
      option("--latest")
          .value("N", new Values.WholeNumber(1, 1_000_000))
          .text(
              "Stage only the N newest complete checkpoints below each prefix. Then * stands for one"
                  + " level of directories.")
          .details(
              "Nothing outside these checkpoints is staged. A message for each says what was chosen"
                  + " and why. A checkpoint that can be seen to be incomplete is never chosen. Exit 4 if"
                  + " none is complete.");

  final Option<Latest.Layout> checkpointLayout =
      option("--checkpoint-layout")
          .value("NAME", new Values.Word<>(Latest.Layout.class))
          .defaultsTo("auto")
          .text("With --latest: the framework that wrote the checkpoints, such as megatron.")
          .details("'auto' recognises the framework by the names below the prefix.");

  final Option<Latest.By> latestBy =
      option("--latest-by")
          .value("ORDER", new Values.Word<>(Latest.By.class))
          .defaultsTo("auto")
          .text(
              "With --latest: what makes a checkpoint the newest: auto (the rule of its framework),"
                  + " name (the numbers in it) or modified.")
          .details("'modified' lists all objects below the prefix.");

  final Option<String> requireChild =
      option("--require-child")
          .value("NAME", Text.LITERAL)
          .text("With --latest: a checkpoint is complete if it contains this object or directory.");
}
