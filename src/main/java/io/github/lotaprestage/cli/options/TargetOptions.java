package io.github.lotaprestage.cli.options;

import io.github.lotaprestage.cli.values.Values.Text;
import java.util.List;

/// What to stage.
public final class TargetOptions extends OptionSet {

  TargetOptions() {
    super("Targets");
  }

  public final Option<List<String>> targets =
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

  public final Option<Boolean> raw =
      flag("--raw").text("Take *, ? and braces in a TARGET literally.");

  public final Option<String> bucket =
      option("-b", "--bucket")
          .value("B", Text.NAME)
          .text("Bucket for --key, --prefix and bare keys in lists. On its own: the entire bucket.")
          .details("Together with a TARGET, it needs --key, --prefix or a list.");

  public final Option<List<String>> keys =
      option("-k", "--key")
          .values("K", Text.LITERAL)
          .text("Stage the object with this key, which is taken literally.")
          .details("Needs --bucket. A key that does not exist fails.");

  public final Option<List<String>> prefixes =
      option("-p", "--prefix")
          .values(
              "P", new Text(true, "; for the whole bucket write s3://BUCKET, or --bucket alone"))
          .text("Stage all keys that start with this string.")
          .details("Needs --bucket. The string does not have to end with a slash.");
}
