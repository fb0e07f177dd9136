package io.github.lotaprestage.source.manifests;

/// The content is not a manifest that can be used. The message says why.
final class NotAManifestException extends Exception {

  NotAManifestException(String problem) {
    super(problem);
  }
}
