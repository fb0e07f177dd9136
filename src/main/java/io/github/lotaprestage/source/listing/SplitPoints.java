package io.github.lotaprestage.source.listing;

import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.SourceException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds keys at which what is left of a range falls into parts: where its directories begin, and
/// where a page cannot hold all of these or there are none, what keys further on may look like.
///
/// They are hints. Whatever they are, the parts together hold the same keys as the range.
///
/// @param last what is left begins behind this key
/// @param until what is left ends with this one; null for the end of the scope
record SplitPoints(Listing listing, Scope scope, String last, @Nullable String until) {

  private static final Logger log = LoggerFactory.getLogger(SplitPoints.class);

  /// Looks into the directory that all of the range is in; where nothing is left there but the
  /// directory that `last` is in, into that.
  ///
  /// @param count how many, at most
  List<String> find(int count) throws InterruptedException {
    try {
      return search(count);
    } catch (SourceException e) { // the range itself can do without
      log.info("cannot look ahead, so it is listed by one request at a time: {}", e.getMessage());
      return List.of();
    }
  }

  private List<String> search(int count) throws SourceException, InterruptedException {
    for (int depth = sharedDepth(); depth >= 0; depth = deeper(depth)) {
      Listing.Page page = look(last.substring(0, depth));
      List<String> names =
          ahead(
              Stream.concat(
                  page.directories().stream(), page.objects().stream().map(ObjectRef::key)));
      List<String> directories =
          ahead(page.directories().stream()).stream().filter(this::isBeforeEnd).toList();
      boolean more = page.nextToken() != null && !names.isEmpty() && isBeforeEnd(names.getLast());
      if (more) {
        List<String> points = new ArrayList<>(spread(directories, count / 2));
        points.addAll(Interpolation.between(names, depth, until, count - points.size()));
        return points;
      }
      if (!directories.isEmpty()) {
        return spread(directories, count);
      }
    }
    return List.of();
  }

  private Listing.Page look(String directory) throws SourceException, InterruptedException {
    return listing.page(
        new Listing.Query(scope.bucket(), directory, last, true, null, Listing.PAGE_SIZE));
  }

  private List<String> ahead(Stream<String> names) {
    return names
        .filter(name -> KeyOrder.BY_BYTES.compare(name, last) > 0)
        .sorted(KeyOrder.BY_BYTES)
        .toList();
  }

  private boolean isBeforeEnd(String name) {
    return until == null || KeyOrder.BY_BYTES.compare(name, until) < 0;
  }

  /// The length of the name of the directory that all that is left is in.
  private int sharedDepth() {
    int least = scope.prefix().length();
    if (until == null) {
      return least;
    }
    int same = least;
    while (same < Math.min(last.length(), until.length())
        && last.charAt(same) == until.charAt(same)) {
      same++;
    }
    return Math.max(least, last.lastIndexOf('/', same - 1) + 1);
  }

  /// The same for the directory in there that `last` is in, or -1.
  private int deeper(int depth) {
    return last.indexOf('/', depth) < 0 ? -1 : last.indexOf('/', depth) + 1;
  }

  private static List<String> spread(List<String> names, int count) {
    int most = Math.min(count, names.size());
    return IntStream.rangeClosed(1, most)
        .mapToObj(i -> names.get(i * names.size() / (most + 1)))
        .toList();
  }
}
