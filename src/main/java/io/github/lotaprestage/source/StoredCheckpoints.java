package io.github.lotaprestage.source;

import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.SourceException;
import io.github.lotaprestage.plan.target.S3Uri;
import io.github.lotaprestage.resolve.checkpoint.CheckpointStore;
import io.github.lotaprestage.resolve.checkpoint.Directory;
import io.github.lotaprestage.source.listing.EndCheck;
import io.github.lotaprestage.source.listing.Listing;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Looks at checkpoints in the store of the run. Any thread may ask how often it read an object.
///
/// A watch looks again and again. So an object is read again only if its ETag has changed, and a
/// checkpoint that is complete is not looked at again, see [#settle].
public final class StoredCheckpoints implements CheckpointStore {

  /// How small objects are read.
  public interface Reader {
    Optional<byte[]> read(String bucket, String key, int most)
        throws SourceException, InterruptedException;
  }

  private final Listing listing;
  private final Reader reader;
  private final AtomicLong reads = new AtomicLong();

  /// The ETags of the objects on the last listing of a directory, by URI.
  private final Map<String, String> versions = new HashMap<>();

  /// What was read, by URI.
  private final Map<String, Read> contents = new HashMap<>();

  /// What was seen of checkpoints, by URI.
  private final Map<String, Directory> peeks = new HashMap<>();

  private Set<String> settled = Set.of();

  /// @param version the ETag of the content
  private record Read(String version, Optional<String> content) {}

  public StoredCheckpoints(Listing listing, Reader reader) {
    this.listing = listing;
    this.reader = reader;
  }

  @Override
  public Directory children(String bucket, String prefix, Predicate<String> wanted)
      throws SourceException, InterruptedException {
    Names names = new Names(Directory.pathOf(prefix), wanted);
    EndCheck end = new EndCheck();
    String token = null;
    do {
      token = names.add(page(bucket, prefix, true, token, end));
    } while (token != null);
    versions.clear();
    names
        .objects
        .values()
        .forEach(object -> {
          if (object.etag() != null) {
            versions.put(object.uri(), object.etag());
          }
        });
    return names.directory(true);
  }

  @Override
  public Directory peek(String bucket, String prefix) throws SourceException, InterruptedException {
    String uri = new S3Uri(bucket, prefix).toString();
    if (settled.contains(uri) && peeks.containsKey(uri)) {
      return peeks.get(uri);
    }
    Names names = new Names(Directory.pathOf(prefix), _ -> true);
    String more = names.add(page(bucket, prefix, true, null, new EndCheck()));
    Directory seen = names.directory(more == null);
    peeks.put(uri, seen);
    return seen;
  }

  /// Says which checkpoints are complete and staged. They are not looked at again as long as they
  /// are settled.
  ///
  /// @param prefixes URIs
  public void settle(Set<String> prefixes) {
    settled = prefixes;
    peeks.keySet().retainAll(prefixes);
  }

  @Override
  public Optional<Instant> lastModified(String bucket, String prefix)
      throws SourceException, InterruptedException {
    Instant last = null;
    EndCheck end = new EndCheck();
    String token = null;
    do {
      Listing.Page page = page(bucket, prefix, false, token, end);
      for (ObjectRef object : page.objects()) {
        Instant modified = object.lastModified();
        last = modified != null && (last == null || modified.isAfter(last)) ? modified : last;
      }
      token = page.nextToken();
    } while (token != null);
    return Optional.ofNullable(last);
  }

  @Override
  public Optional<String> read(String bucket, String key)
      throws SourceException, InterruptedException {
    String uri = new S3Uri(bucket, key).toString();
    String version = versions.get(uri);
    Read known = contents.get(uri);
    if (known != null && known.version().equals(version)) {
      return known.content();
    }
    reads.incrementAndGet();
    Optional<String> content =
        reader
            .read(bucket, key, MAX_READ_BYTES)
            .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    if (version != null) {
      contents.put(uri, new Read(version, content));
    }
    return content;
  }

  public long reads() {
    return reads.get();
  }

  private Listing.Page page(
      String bucket, String prefix, boolean directories, @Nullable String token, EndCheck end)
      throws SourceException, InterruptedException {
    Listing.Query query =
        new Listing.Query(bucket, prefix, null, directories, token, Listing.PAGE_SIZE);
    Listing.Page page = listing.page(query);
    end.passed(query, page);
    return page;
  }

  /// The names on pages of one listing.
  private static final class Names {
    private final String path;
    private final Predicate<String> wanted;
    private final NavigableSet<String> directories = new TreeSet<>();
    private final NavigableMap<String, ObjectRef> objects = new TreeMap<>();

    Names(String path, Predicate<String> wanted) {
      this.path = path;
      this.wanted = wanted;
    }

    /// @return the token of the next page, or null
    @Nullable String add(Listing.Page page) {
      for (String directory : page.directories()) {
        if (directory.startsWith(path)) {
          directories.add(directory.substring(path.length(), directory.length() - 1));
        }
      }
      for (ObjectRef object : page.objects()) {
        String name = object.key().startsWith(path) ? object.key().substring(path.length()) : "";
        if (!name.isEmpty() && wanted.test(name)) {
          objects.put(name, object);
        }
      }
      return page.nextToken();
    }

    Directory directory(boolean whole) {
      return new Directory(path, directories, objects, whole);
    }
  }
}
