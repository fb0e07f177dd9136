package io.github.lotaprestage.source;

import io.github.lotaprestage.object.SourceException;
import io.github.lotaprestage.plan.target.Target;
import java.util.List;

/// Finds out which targets to stage in place of one that the user gave, such as the newest
/// checkpoint below a prefix.
///
/// It may send requests. It is called once for each target, by the thread that pulls objects,
/// before the first of them is listed.
@FunctionalInterface
public interface Resolver {

  /// Stages every target as it was given.
  Resolver AS_GIVEN = List::of;

  /// The prefixes to list and the keys to stage; none if there is nothing to stage.
  ///
  /// @throws SourceException if it cannot be found out. The other targets are still staged.
  List<Target> resolve(Target.Listed target) throws SourceException, InterruptedException;
}
