package io.github.lotaprestage.source.listing;

import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.SourceException;
import io.github.lotaprestage.plan.target.KeyOrder;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks for directories in the rest of a range.
///
/// The names are only hints: ranges contain each key once, whatever they are cut at.
///
/// @param last the rest of the range begins after this key
/// @param until the last key of the range; null for the end of the scope
/// @param first the directory where the search begins
record DirectorySearch(
    Listing listing, Scope scope, String last, @Nullable String until, String first) {

  private static final int MAX_LEVELS = 10;

  private static final Logger log = LoggerFactory.getLogger(DirectorySearch.class);

  /// @param names of directories that begin in the range, in order
  /// @param more whether there are more names than a page holds
  /// @param directory the directory that contains them; null if there was no search
  record Result(List<String> names, boolean more, @Nullable String directory) {}

  /// Lists the directories of one directory. If only the directory of `last` is left there, lists
  /// the directories inside that one, down to a few levels; another search may go on from there.
  Result find() throws InterruptedException {
    try {
      return search();
    } catch (SourceException e) { // the hint is not needed
      log.info("cannot look for directories: {}", e.getMessage());
      return new Result(List.of(), false, first);
    }
  }

  private Result search() throws SourceException, InterruptedException {
    String directory = first;
    for (int level = 1; ; level++) {
      Listing.Page page = look(directory);
      List<String> names =
          ahead(
              Stream.concat(
                  page.directories().stream(), page.objects().stream().map(ObjectRef::key)));
      List<String> directories =
          ahead(page.directories().stream()).stream().filter(this::isBeforeEnd).toList();
      boolean more = page.nextToken() != null && !names.isEmpty() && isBeforeEnd(names.getLast());
      int inner = last.indexOf('/', directory.length()) + 1;
      if (more || !directories.isEmpty() || inner == 0 || level == MAX_LEVELS) {
        return new Result(directories, more && !page.directories().isEmpty(), directory);
      }
      directory = last.substring(0, inner);
    }
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
}
