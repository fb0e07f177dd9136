package io.github.lotaprestage.source.manifests;

import io.github.lotaprestage.object.Entry;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.SourceException;
import io.github.lotaprestage.plan.target.S3Uri;
import io.github.lotaprestage.source.lists.ListInput;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The current objects in the data files of an inventory. The files are read from the store as they
/// are needed.
final class InventoryRecords implements Contents {

  private final Inventory inventory;
  private final Names names;
  private final ObjectReader store;
  private int file;
  private @Nullable CsvReader csv;

  InventoryRecords(Inventory inventory, Names names, ObjectReader store) {
    this.inventory = inventory;
    this.names = names;
    this.store = store;
  }

  @Override
  public @Nullable Entry next()
      throws IOException, NotAManifestException, SourceException, InterruptedException {
    while (true) {
      CsvReader open = opened();
      if (open == null) {
        return null;
      }
      List<String> record = record(open);
      if (record == null) {
        close();
        file++;
      } else if (isCurrent(record)) {
        return entry(record, open);
      }
    }
  }

  private @Nullable CsvReader opened() throws IOException, SourceException, InterruptedException {
    if (csv == null && file < inventory.files().size()) {
      csv =
          new CsvReader(
              ListInput.decompressed(store.open(inventory.bucket(), inventory.files().get(file))));
    }
    return csv;
  }

  private @Nullable List<String> record(CsvReader open) throws IOException, NotAManifestException {
    try {
      List<String> record = open.next();
      if (record != null && record.size() != inventory.columns().size()) {
        throw open.problem(
            "has "
                + record.size()
                + " fields, but the fileSchema has "
                + inventory.columns().size());
      }
      return record;
    } catch (NotAManifestException e) {
      throw new NotAManifestException(
          "names a file that cannot be used: " + where() + ", " + e.getMessage());
    }
  }

  private String where() {
    return new S3Uri(inventory.bucket(), inventory.files().get(file)).toString();
  }

  /// Inventories of buckets with versions also contain old versions and delete markers.
  private boolean isCurrent(List<String> record) {
    return !"false".equalsIgnoreCase(value(record, "islatest"))
        && !"true".equalsIgnoreCase(value(record, "isdeletemarker"));
  }

  private Entry entry(List<String> record, CsvReader open) {
    String text = given(record, "key");
    Optional<String> key = UrlEncoding.decode(text);
    if (key.isEmpty()) {
      return names.bad(
          text, "(record " + open.number() + " of " + where() + ") is not the encoding of a key");
    }
    return names.whole(
        new ObjectRef(
            given(record, "bucket"),
            key.get(),
            Names.known(number(value(record, "size"))),
            value(record, "etag"),
            time(value(record, "lastmodifieddate")),
            value(record, "storageclass")));
  }

  /// Null if there is no such column, or nothing in it.
  private @Nullable String value(List<String> record, String column) {
    int index = inventory.columns().indexOf(column);
    return index < 0 || record.get(index).isEmpty() ? null : record.get(index);
  }

  /// Nothing if there is nothing in it.
  private String given(List<String> record, String column) {
    String value = value(record, column);
    return value == null ? "" : value;
  }

  private static @Nullable Long number(@Nullable String text) {
    try {
      return text == null ? null : Long.valueOf(text);
    } catch (NumberFormatException e) {
      return null; // the answer to the HEAD says it
    }
  }

  private static @Nullable Instant time(@Nullable String text) {
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  @Override
  public void close() throws IOException {
    CsvReader open = csv;
    csv = null;
    if (open != null) {
      open.close();
    }
  }
}
