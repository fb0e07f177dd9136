package io.github.lotaprestage.cli.options;

import io.github.lotaprestage.cli.values.Values;
import io.github.lotaprestage.cli.values.Values.Text;
import io.github.lotaprestage.plan.target.KeyList;
import io.github.lotaprestage.plan.target.Manifest;
import java.util.List;

/// Files that name what to stage.
public final class ListOptions extends OptionSet {

  ListOptions() {
    super("Lists");
  }

  public final Option<List<String>> filesFrom =
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
  public enum FilesFormat {
    KEYS(KeyList.Format.KEYS),
    AWS_LS(KeyList.Format.AWS_LS),
    NDJSON(KeyList.Format.NDJSON);

    private final KeyList.Format format;

    FilesFormat(KeyList.Format format) {
      this.format = format;
    }

    public KeyList.Format format() {
      return format;
    }
  }

  public final Option<FilesFormat> filesFormat =
      option("--files-format")
          .value("FORMAT", new Values.Word<>(FilesFormat.class))
          .defaultsTo("keys")
          .text(
              "Format of the lists of --files-from: keys, aws-ls ('aws s3 ls --recursive') or"
                  + " ndjson ('-o json' of this program).")
          .details(
              "The format is never guessed. The keys of aws-ls and ndjson are whole keys, of which a"
                  + " base gives only the bucket.");

  public final Option<List<String>> filesFrom0 =
      option("--files-from0")
          .values("FILE", Text.LITERAL)
          .text("Like --files-from, but each entry ends with a NUL byte instead of a line end.")
          .details("Use it for keys that contain line ends.");

  public final Option<List<String>> manifests =
      option("--manifest")
          .values("FILE", Text.LITERAL)
          .text(
              "Stage what a manifest names: a Hugging Face index, a MosaicML index.json, an S3 Batch"
                  + " CSV or an S3 Inventory. FILE may be s3://BUCKET/KEY or '-'.")
          .details(
              "Relative names belong beside an s3:// manifest. For a file, the only TARGET is the"
                  + " prefix that they belong to, and is not staged itself.");

  public final Option<Manifest.Format> manifestFormat =
      option("--manifest-format")
          .value("FORMAT", new Values.Word<>(Manifest.Format.class))
          .describeDefault("by content")
          .text("With --manifest: huggingface, mosaicml, s3-batch or s3-inventory.");
}
