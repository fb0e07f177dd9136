package io.github.lotaprestage.source.manifests;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The `manifest.json` of S3 Inventory.
///
/// Source: S3 User Guide, "Inventory manifest".
///
/// @param bucket that contains the data files
/// @param columns of the data files, in lower case
/// @param files the keys of the data files
record Inventory(String bucket, List<String> columns, List<String> files) {

  private static final String ARN = "arn:aws:s3:::";

  /// @param destination a bucket or its ARN
  static Inventory of(String destination, String format, String schema, List<String> files)
      throws NotAManifestException {
    if (!format.equalsIgnoreCase("CSV")) {
      throw new NotAManifestException(
          "is an inventory with files in the format '"
              + format
              + "'; only CSV is supported, which the inventory can be configured to write");
    }
    List<String> columns = new ArrayList<>();
    for (String column : schema.split(",", -1)) {
      columns.add(column.strip().toLowerCase(Locale.ROOT));
    }
    if (!columns.contains("bucket") || !columns.contains("key")) {
      throw new NotAManifestException("has a fileSchema without Bucket and Key: " + schema);
    }
    return new Inventory(
        destination.startsWith(ARN) ? destination.substring(ARN.length()) : destination,
        columns,
        files);
  }
}
