package io.github.lotaprestage.source.listing;

import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.SourceException;
import org.jspecify.annotations.Nullable;

/// Notices that a listing would never end, from its pages one after the other: it returns to an
/// earlier page, or its pages stay empty. One for each listing; not thread-safe.
public final class EndCheck {

  /// The maximum number of successive pages without any name. A store may send some while it steps
  /// over deleted objects. How many is not documented, so this is far more than a listing should
  /// need, and still ends within minutes.
  static final int MAX_EMPTY_PAGES = 10_000;

  private int pages;
  private int emptyPages;

  /// The end of an earlier page: the first, second, fourth, eighth and so on.
  private @Nullable String landmark;

  /// The last key of that page.
  private @Nullable String landmarkKey;

  /// Takes note of the next page.
  ///
  /// Brent's algorithm finds every cycle and remembers only one page. A store may give new tokens
  /// to the pages that it repeats.
  ///
  /// @throws SourceException if the listing never ends
  public void passed(Listing.Query query, Listing.Page page) throws SourceException {
    String next = page.nextToken();
    boolean named = !page.objects().isEmpty();
    String lastKey = named ? page.objects().getLast().key() : null;
    if ((next != null && next.equals(landmark))
        || (lastKey != null && lastKey.equals(landmarkKey))) {
      throw endless(query, "the listing never ends: it returns to an earlier page");
    }
    pages++;
    if (Integer.bitCount(pages) == 1) {
      landmark = next;
      landmarkKey = lastKey;
    }
    emptyPages = named || !page.directories().isEmpty() ? 0 : emptyPages + 1;
    if (next != null && emptyPages >= MAX_EMPTY_PAGES) {
      throw endless(
          query,
          "the listing does not seem to end: %,d pages one after the other were empty, and it goes on"
              .formatted(emptyPages));
    }
  }

  private static SourceException endless(Listing.Query query, String problem) {
    return new SourceException(
        query.toString(), Failure.local(Failure.Kind.REJECTED, "MalformedListing", problem));
  }
}
