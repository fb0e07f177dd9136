package io.github.lotaprestage.object;

import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// A stream of objects, pulled by one thread; it holds a bounded number of them in memory.
public interface ObjectSource extends AutoCloseable {

  /// The next one, or null at the end.
  ///
  /// @throws SourceException if a part of the source cannot be read. The next call goes on with the
  ///   part behind it, so that one broken listing does not take the others with it.
  @Nullable Entry next() throws SourceException, InterruptedException;

  /// How many entries were seen so far, those that filters dropped included. Any thread may ask.
  long listed();

  /// Bytes of all objects that will still come, as far as their sizes are known; empty as long as
  /// it is not known which these are. Asked by the thread that pulls.
  default OptionalLong bytesLeft() {
    return OptionalLong.empty();
  }

  /// What a source still had when the run ended.
  ///
  /// @param entries those it held in memory
  /// @param all whether nothing else would have come
  record Rest(List<Entry> entries, boolean all) {
    public static final Rest UNKNOWN = new Rest(List.of(), false);
  }

  /// Takes the entries that are in memory and were not handed out, without waiting for anything.
  /// Any thread may call this, once the run does not need [#next] any more.
  default Rest unread() {
    return Rest.UNKNOWN;
  }

  @Override
  void close();
}
