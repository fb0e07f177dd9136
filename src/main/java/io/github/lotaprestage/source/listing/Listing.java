package io.github.lotaprestage.source.listing;

import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.SourceException;
import io.github.lotaprestage.plan.target.S3Uri;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lists a bucket page by page, retries included. Safe for use by any thread.
public interface Listing {

  /// The maximum number of keys on a page.
  int PAGE_SIZE = 1000;

  /// The parameters of a request for one page.
  ///
  /// @param prefix every key starts with it
  /// @param startAfter list only keys after this one; null for all keys
  /// @param directories whether keys with a slash after the prefix are grouped: the listing then
  ///   contains the part up to that slash once, as with delimiter=/
  /// @param token the continuation token of the previous page; null for the first page
  /// @param maxKeys the maximum number of keys on the page; the store may send fewer
  record Query(
      String bucket,
      String prefix,
      @Nullable String startAfter,
      boolean directories,
      @Nullable String token,
      int maxKeys) {

    /// Asks for the first object below a prefix.
    public static Query first(String bucket, String prefix) {
      return new Query(bucket, prefix, null, false, null, 1);
    }

    /// Asks for the page after the one with this continuation token.
    public Query after(String next) {
      return new Query(bucket, prefix, null, directories, next, maxKeys);
    }

    @Override
    public String toString() {
      return "LIST " + new S3Uri(bucket, prefix);
    }
  }

  /// One page.
  ///
  /// @param directories the groups of keys, each with its slash; see [Query#directories]
  /// @param nextToken null on the last page
  record Page(List<ObjectRef> objects, List<String> directories, @Nullable String nextToken) {}

  Page page(Query query) throws SourceException, InterruptedException;
}
