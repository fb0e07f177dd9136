package io.github.lotaprestage.source;

import io.github.lotaprestage.engine.ObjectRef;
import io.github.lotaprestage.engine.RequestError;
import io.github.lotaprestage.engine.SourceException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// A bucket in memory, listed in small pages; buckets named `broken` fail.
final class FakeListing implements Listing {

  private static final int PAGE = 3;

  private final Map<String, ObjectRef> objects = new TreeMap<>();
  final List<String> requests = new CopyOnWriteArrayList<>();

  FakeListing add(String bucket, String key, long size) {
    return add(new ObjectRef(bucket, key, size, "etag", Instant.EPOCH, "STANDARD"));
  }

  FakeListing add(ObjectRef object) {
    objects.put(object.uri(), object);
    return this;
  }

  @Override
  public Page page(String bucket, String prefix, @Nullable String token, int maxKeys)
      throws SourceException {
    requests.add(bucket + "/" + prefix + (token == null ? "" : " after " + token));
    if (bucket.equals("broken")) {
      throw new SourceException(
          "LIST s3://broken/" + prefix,
          RequestError.local(RequestError.Kind.NO_SUCH_BUCKET, "NoSuchBucket", "no such bucket"));
    }
    List<ObjectRef> page = new ArrayList<>();
    for (ObjectRef object : objects.values()) {
      boolean after = token == null || object.key().compareTo(token) > 0;
      if (object.bucket().equals(bucket) && object.key().startsWith(prefix) && after) {
        if (page.size() == Math.min(PAGE, maxKeys)) {
          return new Page(page, page.getLast().key());
        }
        page.add(object);
      }
    }
    return new Page(page, null);
  }
}
