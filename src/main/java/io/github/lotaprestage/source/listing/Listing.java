package io.github.lotaprestage.source.listing;

import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.SourceException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lists a bucket page by page, retries included. Any thread may call it.
public interface Listing {

  /// Most keys that S3 puts on a page.
  int PAGE_SIZE = 1000;

  /// What a page is asked for.
  ///
  /// @param prefix every key starts with it
  /// @param startAfter only keys that sort behind it; null for all
  /// @param directories keys with a slash behind the prefix are not listed; the part up to that
  ///   slash is, once
  /// @param token where the page before ended; null for the first page
  /// @param maxKeys most keys on the page; the store may send fewer
  record Query(
      String bucket,
      String prefix,
      @Nullable String startAfter,
      boolean directories,
      @Nullable String token,
      int maxKeys) {

    /// The first object below a prefix.
    public static Query first(String bucket, String prefix) {
      return new Query(bucket, prefix, null, false, null, 1);
    }

    @Override
    public String toString() {
      return "LIST s3://" + bucket + "/" + prefix;
    }
  }

  /// One page.
  ///
  /// @param directories what stands for several keys, each with its slash; see [Query#directories]
  /// @param nextToken null on the last page
  record Page(List<ObjectRef> objects, List<String> directories, @Nullable String nextToken) {}

  Page page(Query query) throws SourceException, InterruptedException;
}
