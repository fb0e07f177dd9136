package io.github.lotaprestage.source.manifests;

import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.SourceException;
import io.github.lotaprestage.plan.target.S3Uri;
import io.github.lotaprestage.source.listing.Listing;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Logs what lies beside an index and is not staged, such as the same weights in another format. It
/// costs one LIST, which is sent only if somebody reads the log.
final class OtherFiles {

  private static final Logger log = LoggerFactory.getLogger(OtherFiles.class);

  private final Listing listing;

  OtherFiles(Listing listing) {
    this.listing = listing;
  }

  /// @param staged names below the directory
  void log(S3Uri directory, Set<String> staged) throws InterruptedException {
    if (!log.isInfoEnabled()) {
      return;
    }
    try {
      List<String> others = new ArrayList<>();
      int start = directory.key().length();
      Listing.Page page =
          listing.page(
              new Listing.Query(
                  directory.bucket(), directory.key(), null, true, null, Listing.PAGE_SIZE));
      for (ObjectRef object : page.objects()) {
        others.add(object.key().substring(start));
      }
      for (String child : page.directories()) {
        others.add(child.substring(start));
      }
      others.removeAll(staged);
      if (!others.isEmpty()) {
        log.info("{} also contains, not staged: {}", directory, String.join(", ", others));
      }
    } catch (SourceException e) {
      log.info("what else is in {} is not known: {}", directory, e.getMessage());
    }
  }
}
