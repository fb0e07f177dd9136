package io.github.lotaprestage.plan.target;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A file that a loader or S3 wrote, and that names objects.
///
/// @param location a path, `-` for standard input, or an `s3://` URI
/// @param base where relative names belong; empty if they belong beside an `s3://` manifest, or if
///   there are none
/// @param format what the manifest has to be; empty to recognise it by its content
/// @param replaces the TARGET that is not staged because it is the base; null if there is none, or
///   if key lists need the base too
public record Manifest(
    String location,
    Optional<Target.Listed> base,
    Optional<Format> format,
    @Nullable Target replaces) {

  public Manifest(String location, Optional<Target.Listed> base, Optional<Format> format) {
    this(location, base, format, null);
  }

  /// The kinds of manifests.
  public enum Format {
    /// `model.safetensors.index.json`, `pytorch_model.bin.index.json`
    HUGGINGFACE,
    /// `index.json` of a streaming dataset, version 2
    MOSAICML,
    /// `Bucket,Key[,VersionId]`
    S3_BATCH,
    /// `manifest.json` of S3 Inventory, with CSV files
    S3_INVENTORY
  }

  public boolean isStandardInput() {
    return location.equals("-");
  }

  /// The object that contains it; empty for a file.
  public Optional<S3Uri> object() {
    return S3Uri.parse(location);
  }

  /// Where relative names belong: beside an object, or else below the base.
  public Optional<Target.Listed> directory() {
    return object()
        .map(object -> {
          String key = object.key();
          return Target.Listed.below(object.bucket(), key.substring(0, key.lastIndexOf('/') + 1));
        })
        .or(() -> base);
  }

  /// As it is called in messages.
  public String name() {
    return isStandardInput() ? "standard input" : location;
  }
}
