package io.github.lotaprestage.source;

import io.github.lotaprestage.engine.ObjectRef;
import io.github.lotaprestage.engine.SourceException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lists a bucket page by page, retries included. Any thread may call it.
public interface Listing {

  /// One page.
  ///
  /// @param nextToken null on the last page
  record Page(List<ObjectRef> objects, @Nullable String nextToken) {}

  /// @param token null for the first page
  /// @param maxKeys most objects on the page; the store may send fewer
  Page page(String bucket, String prefix, @Nullable String token, int maxKeys)
      throws SourceException, InterruptedException;
}
