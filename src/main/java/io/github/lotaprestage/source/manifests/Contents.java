package io.github.lotaprestage.source.manifests;

import io.github.lotaprestage.object.Entry;
import io.github.lotaprestage.object.SourceException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// What a manifest names, one entry after another.
interface Contents extends AutoCloseable {

  /// The next entry, or null at the end.
  ///
  /// @throws IOException if it cannot be read
  /// @throws NotAManifestException if it is not what it seemed to be
  @Nullable Entry next()
      throws IOException, NotAManifestException, SourceException, InterruptedException;

  @Override
  void close() throws IOException;
}
