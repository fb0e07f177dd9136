package io.github.lotaprestage.source.listing;

import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.SourceException;
import io.github.lotaprestage.plan.target.KeyOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds keys at which the rest of a range can be split: the beginnings of its directories. If
/// there are none, or more than a page holds, it guesses later keys.
///
/// The keys are only hints: the parts contain the same keys as the range, whatever the hints are.
///
/// @param last the rest of the range begins after this key
/// @param until the last key of the range; null for the end of the scope
record SplitPoints(Listing listing, Scope scope, String last, @Nullable String until) {

  private static final Logger log = LoggerFactory.getLogger(SplitPoints.class);

  /// Lists the directories of the deepest directory that contains the whole range. If only the
  /// directory of `last` is left there, lists the directories inside that one.
  ///
  /// @param count the maximum number of keys
  List<String> find(int count) throws InterruptedException {
    try {
      return search(count);
    } catch (SourceException e) { // the hint is not needed
      log.info(
          "cannot look for directories, so this part is listed by one request at a time: {}",
          e.getMessage());
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

  /// The length of the directory that contains the rest of the range.
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

  /// The length of the directory inside that one which contains `last`, or -1.
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
