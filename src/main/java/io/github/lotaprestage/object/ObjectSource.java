package io.github.lotaprestage.object;

import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// A stream of objects, read by one thread. It holds a bounded number of them in memory.
public interface ObjectSource extends AutoCloseable {

  /// The next entry, or null at the end.
  ///
  /// @throws SourceException if a part of the source cannot be read. The next call continues after
  ///   that part, so that one broken listing does not affect the others.
  @Nullable Entry next() throws SourceException, InterruptedException;

  /// The number of entries seen so far, before filters. Safe for use by any thread.
  long listed();

  /// The bytes of all remaining objects whose sizes are known; empty until the remaining objects
  /// are known. Safe for use by any thread.
  default OptionalLong bytesLeft() {
    return OptionalLong.empty();
  }

  /// The number of entries that are ready to be returned by [#next]. Safe for use by any thread.
  default int ready() {
    return 0;
  }

  /// Whether nothing follows the entries that it holds. Safe for use by any thread.
  default boolean restIsReady() {
    return false;
  }

  /// The entries that a source still held when the run ended.
  ///
  /// @param entries the entries in memory
  /// @param all whether there were no others
  record Rest(List<Entry> entries, boolean all) {
    public static final Rest UNKNOWN = new Rest(List.of(), false);
  }

  /// Takes the entries in memory that were not returned yet. It does not wait. Safe for use by any
  /// thread once the run does not call [#next] any more.
  default Rest unread() {
    return Rest.UNKNOWN;
  }

  @Override
  void close();

  /// Does what another source does, except for what is overridden.
  abstract class Forwarding implements ObjectSource {
    private final ObjectSource source;

    protected Forwarding(ObjectSource source) {
      this.source = source;
    }

    @Override
    public @Nullable Entry next() throws SourceException, InterruptedException {
      return source.next();
    }

    @Override
    public long listed() {
      return source.listed();
    }

    @Override
    public OptionalLong bytesLeft() {
      return source.bytesLeft();
    }

    @Override
    public int ready() {
      return source.ready();
    }

    @Override
    public boolean restIsReady() {
      return source.restIsReady();
    }

    @Override
    public Rest unread() {
      return source.unread();
    }

    @Override
    public void close() {
      source.close();
    }
  }
}
