package io.github.lotaprestage.source.manifests;

import io.github.lotaprestage.object.Entry;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The manifest of S3 Batch Operations: `Bucket,Key[,VersionId]`, keys URL-encoded.
final class BatchRecords implements Contents {

  private static final Logger log = LoggerFactory.getLogger(BatchRecords.class);

  private final Names names;
  private final CsvReader csv;
  private boolean begun;
  private boolean versionNoted;

  BatchRecords(Names names, CsvReader csv) {
    this.names = names;
    this.csv = csv;
  }

  @Override
  public @Nullable Entry next() throws IOException, NotAManifestException {
    List<String> record = csv.next();
    if (!begun && record != null && isHeading(record)) {
      record = csv.next();
    }
    begun = true;
    if (record == null) {
      return null;
    }
    if (record.size() < 2 || record.size() > 3) {
      throw csv.problem(
          "has %s, but must have two or three: Bucket,Key[,VersionId]"
              .formatted(record.size() == 1 ? "one field" : record.size() + " fields"));
    }
    if (record.size() == 3 && !record.get(2).isEmpty()) {
      noteVersion();
    }
    Optional<String> key = UrlEncoding.decode(record.get(1));
    return key.isPresent()
        ? names.whole(record.get(0), key.get(), null)
        : names.bad(record.get(1), "(record " + csv.number() + ") is not the encoding of a key");
  }

  private static boolean isHeading(List<String> record) {
    return record.size() > 1
        && record.getFirst().equalsIgnoreCase("bucket")
        && record.get(1).equalsIgnoreCase("key");
  }

  /// LOTA documents its HEAD without a version.
  private void noteVersion() {
    if (!versionNoted) {
      versionNoted = true;
      log.warn("version ids in a manifest are ignored; the current versions are staged");
    }
  }

  @Override
  public void close() throws IOException {
    csv.close();
  }
}
