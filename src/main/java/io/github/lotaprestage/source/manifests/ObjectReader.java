package io.github.lotaprestage.source.manifests;

import io.github.lotaprestage.object.SourceException;
import java.io.InputStream;

/// Opens objects in the store of the run.
public interface ObjectReader {

  /// The content of an object of any size. A failure while it is read is an `IOException` whose
  /// cause is a [SourceException].
  InputStream open(String bucket, String key) throws SourceException, InterruptedException;
}
