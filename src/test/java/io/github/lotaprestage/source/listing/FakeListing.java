package io.github.lotaprestage.source.listing;

import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.SourceException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// Buckets in memory, listed in small pages; those named `broken` fail.
public class FakeListing implements Listing {

  private final int pageSize;
  private final Comparator<String> order;
  private final NavigableMap<String, NavigableMap<String, ObjectRef>> buckets = new TreeMap<>();
  public final List<String> requests = new CopyOnWriteArrayList<>();

  public FakeListing() {
    this(3);
  }

  /// @param pageSize most names on a page
  public FakeListing(int pageSize) {
    this(pageSize, FakeListing::inBytes);
  }

  /// @param order in which keys are listed
  public FakeListing(int pageSize, Comparator<String> order) {
    this.pageSize = pageSize;
    this.order = order;
  }

  public FakeListing add(String bucket, String key, long size) {
    return add(new ObjectRef(bucket, key, size, "etag", Instant.EPOCH, "STANDARD"));
  }

  public FakeListing add(ObjectRef object) {
    buckets.computeIfAbsent(object.bucket(), _ -> new TreeMap<>(order)).put(object.key(), object);
    return this;
  }

  private static int inBytes(String one, String other) {
    return Arrays.compareUnsigned(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public Page page(Query query) throws SourceException, InterruptedException {
    requests.add(
        query.bucket()
            + "/"
            + query.prefix()
            + (query.directories() ? " directories" : "")
            + (query.startAfter() == null ? "" : " behind " + query.startAfter())
            + (query.token() == null ? "" : " after " + query.token()));
    if (query.bucket().equals("broken")) {
      throw new SourceException(
          "LIST s3://broken/" + query.prefix(),
          Failure.local(Failure.Kind.NO_SUCH_BUCKET, "NoSuchBucket", "no such bucket"));
    }
    if (query.token() != null && query.startAfter() != null) { // as S3Proxy
      throw new SourceException(
          query.toString(),
          Failure.local(Failure.Kind.REJECTED, "InvalidArgument", "two places to begin"));
    }
    int most = Math.min(pageSize, query.maxKeys());
    List<ObjectRef> objects = new ArrayList<>();
    List<String> directories = new ArrayList<>();
    String after = query.token() == null ? query.startAfter() : query.token();
    String last = "";
    for (ObjectRef object : behind(query.bucket(), after)) {
      if (!object.key().startsWith(query.prefix())
          || (!directories.isEmpty() && object.key().startsWith(directories.getLast()))) {
        continue;
      }
      if (objects.size() + directories.size() == most) {
        return new Page(objects, directories, last);
      }
      int slash = object.key().indexOf('/', query.prefix().length());
      if (query.directories() && slash >= 0) {
        directories.add(object.key().substring(0, slash + 1));
        last = directories.getLast() + "\uDBFF\uDFFF";
      } else {
        objects.add(object);
        last = object.key();
      }
    }
    return new Page(objects, directories, null);
  }

  private Iterable<ObjectRef> behind(String bucket, @Nullable String after) {
    NavigableMap<String, ObjectRef> all = buckets.getOrDefault(bucket, new TreeMap<>());
    return after == null ? all.values() : all.tailMap(after, false).values();
  }
}
