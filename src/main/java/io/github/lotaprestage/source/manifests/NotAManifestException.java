package io.github.lotaprestage.source.manifests;

/// The content is not a manifest that can be used. The message says why, in a whole sentence.
final class NotAManifestException extends Exception {

  /// @param problem follows `the manifest`
  NotAManifestException(String problem) {
    this("the manifest", problem);
  }

  /// @param place the part of the manifest that has the problem, such as `record 7`
  NotAManifestException(String place, String problem) {
    super(place + " " + problem);
  }
}
