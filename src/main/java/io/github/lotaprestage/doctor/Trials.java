package io.github.lotaprestage.doctor;

import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.SourceException;
import io.github.lotaprestage.plan.target.Target;
import io.github.lotaprestage.s3.probe.Rights;
import io.github.lotaprestage.s3.probe.SetUp;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A LIST of each target, sent once, when it is first asked for.
final class Trials {

  /// What a LIST showed.
  sealed interface Trial {}

  record Listed(Rights.Beginning beginning) implements Trial {}

  /// @param waited how long at most
  /// @param region that the store named instead of the one that the request was signed for
  record Refused(SourceException reason, Duration waited, Optional<String> region)
      implements Trial {}

  private final SetUp setUp;
  private final NetworkChecks network;
  private final Map<Target, Trial> made = new HashMap<>();
  private @Nullable Rights rights;

  Trials(SetUp setUp, NetworkChecks network) {
    this.setUp = setUp;
    this.network = network;
  }

  /// What these credentials may do. They and the network have to be known.
  Rights rights() {
    if (rights == null) {
      rights = new Rights(setUp, network.way());
    }
    return rights;
  }

  Trial of(Target target, Duration limit) throws InterruptedException {
    Trial known = made.get(target);
    if (known != null) {
      return known;
    }
    long end = System.nanoTime() + limit.toNanos();
    Rights ready = rights(); // the first time this takes a while
    Trial trial;
    try {
      trial = new Listed(ready.list(target, Duration.ofNanos(end - System.nanoTime())));
    } catch (SourceException e) {
      boolean answered = e.error().httpStatus() != null;
      trial = new Refused(e, limit, answered ? ready.otherRegion() : Optional.empty());
    }
    made.put(target, trial);
    return trial;
  }

  /// The objects that were listed of a target.
  List<ObjectRef> objects(Target target) {
    return objects(made.get(target));
  }

  private static List<ObjectRef> objects(@Nullable Trial trial) {
    return trial instanceof Listed listed ? listed.beginning().objects() : List.of();
  }

  /// Whether a LIST of the bucket worked.
  boolean isListed(String bucket) {
    return made.entrySet().stream()
        .anyMatch(
            each -> each.getKey().bucket().equals(bucket) && each.getValue() instanceof Listed);
  }

  /// The LISTs of the bucket that did not work.
  List<Refused> refusals(String bucket) {
    return made.entrySet().stream()
        .filter(each -> each.getKey().bucket().equals(bucket))
        .map(Map.Entry::getValue)
        .filter(Refused.class::isInstance)
        .map(Refused.class::cast)
        .toList();
  }

  /// Whether an object below `missing` was listed.
  boolean hasBelow(ObjectRef missing) {
    return made.values().stream()
        .flatMap(trial -> objects(trial).stream())
        .anyMatch(object ->
            object.bucket().equals(missing.bucket())
                && object.key().startsWith(missing.key() + "/"));
  }
}
