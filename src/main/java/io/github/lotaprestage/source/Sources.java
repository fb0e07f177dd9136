package io.github.lotaprestage.source;

import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.ObjectSource;
import io.github.lotaprestage.object.SourceException;
import io.github.lotaprestage.plan.Plan;
import io.github.lotaprestage.plan.Shard;
import io.github.lotaprestage.plan.target.BucketName;
import io.github.lotaprestage.plan.target.KeyList;
import io.github.lotaprestage.plan.target.Manifest;
import io.github.lotaprestage.plan.target.Target;
import io.github.lotaprestage.resolve.NamedTargets;
import io.github.lotaprestage.source.listing.ListedObjects;
import io.github.lotaprestage.source.listing.Listing;
import io.github.lotaprestage.source.listing.OrderedListing;
import io.github.lotaprestage.source.listing.Scope;
import io.github.lotaprestage.source.lists.JsonListObjects;
import io.github.lotaprestage.source.lists.KeyListObjects;
import io.github.lotaprestage.source.lists.LineReader;
import io.github.lotaprestage.source.lists.ListInput;
import io.github.lotaprestage.source.lists.ReadAhead;
import io.github.lotaprestage.source.manifests.ManifestObjects;
import io.github.lotaprestage.source.manifests.ObjectReader;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Builds the source of a run from its plan: named keys first, then key lists, then listings.
public final class Sources {

  private static final int LOOK_AHEAD = 10_000;
  private static final Duration MAX_WAIT = Duration.ofMillis(300);

  private final Plan plan;
  private final Resolver resolver;
  private final Listing listing;
  private final ObjectReader manifests;
  private final InputStream standardInput;
  private final boolean pathStyle;
  private final Selection selection;
  private final @Nullable Shard shard;
  private final LongAdder inOtherShards = new LongAdder();

  /// @param resolver is asked for each target that has to be listed
  /// @param manifests reads manifests that are objects
  /// @param pathStyle whether requests name the bucket in the path, which allows more bucket names
  public Sources(
      Plan plan,
      Resolver resolver,
      Listing listing,
      ObjectReader manifests,
      InputStream standardInput,
      boolean pathStyle) {
    this.plan = plan;
    this.resolver = resolver;
    this.listing = listing;
    this.manifests = manifests;
    this.standardInput = standardInput;
    this.pathStyle = pathStyle;
    this.selection = new Selection(plan.filters());
    this.shard = plan.shard().orElse(null);
  }

  /// Nothing is read, resolved or listed until the first object is requested.
  public ObjectSource open() {
    NamedTargets named = new NamedTargets(plan.named());
    List<ObjectSource> parts = new ArrayList<>();
    if (!named.isEmpty()) {
      parts.add(filtered(new NamedKeys(named), selection::wants));
    }
    for (KeyList list : plan.keyLists()) {
      String base = list.base().map(Target.Listed::prefix).orElse("");
      parts.add(filtered(new ReadAhead(objects(list)), object -> selection.wants(object, base)));
    }
    for (Manifest manifest : plan.manifests()) {
      String base = manifest.base().map(Target.Listed::prefix).orElse("");
      parts.add(
          filtered(
              new ReadAhead(
                  new ManifestObjects(
                      manifest, standardInput, manifests, listing, this::bucketProblem)),
              object -> selection.wants(object, base)));
    }
    if (!plan.listed().isEmpty()) {
      parts.add(new DeferredSource(problems -> resolved(resolve(problems), named)));
    }
    ObjectSource all = new ConcatenatedSource(parts);
    return plan.largestFirst() && !plan.dryRun()
        ? new LargestFirst(all, LOOK_AHEAD, MAX_WAIT)
        : all;
  }

  private ObjectSource objects(KeyList list) {
    LineReader.Input input = () -> ListInput.open(list, standardInput);
    return list.format() == KeyList.Format.NDJSON
        ? new JsonListObjects(list, input, this::bucketProblem)
        : new KeyListObjects(list, input, this::bucketProblem);
  }

  private Optional<String> bucketProblem(String bucket) {
    return BucketName.problem(bucket, pathStyle);
  }

  private List<Target> resolve(Consumer<SourceException> problems) throws InterruptedException {
    Set<Target> targets = new LinkedHashSet<>();
    for (Target.Listed target : plan.listed()) {
      try {
        targets.addAll(resolver.resolve(target));
      } catch (SourceException e) {
        problems.accept(e);
      }
    }
    return List.copyOf(targets);
  }

  /// @param before what was named without a resolver
  private ObjectSource resolved(List<Target> targets, NamedTargets before) {
    List<ObjectSource> parts = new ArrayList<>();
    List<Target.Named> names = Target.only(Target.Named.class, targets);
    NamedTargets named = before.followedBy(names);
    if (!names.isEmpty()) {
      parts.add(filtered(new NamedKeys(named), selection::wants));
    }
    List<Scope> scopes = Scope.merge(Target.only(Target.Listed.class, targets));
    if (!scopes.isEmpty()) {
      BiPredicate<Scope, ObjectRef> wanted =
          (scope, object) ->
              selection.wants(object, scope.targets())
                  && !isStagedByName(named, object)
                  && isInShard(object);
      int concurrency = plan.limits().listConcurrency();
      parts.add(
          plan.dryRun() && !plan.output().quiet()
              ? new OrderedListing(listing, concurrency, scopes, wanted)
              : new ListedObjects(listing, concurrency, scopes, wanted));
    }
    return new ConcatenatedSource(parts);
  }

  /// Whether a listed object is also named, and was not excluded there by its whole key.
  private boolean isStagedByName(NamedTargets named, ObjectRef object) {
    return !named.isEmpty()
        && named.contains(object.bucket(), object.key())
        && selection.wants(ObjectRef.named(object.bucket(), object.key()));
  }

  /// Whether a manifest gave all the metadata that is needed.
  private boolean isKnown(ObjectRef object) {
    return object.size() != null && selection.canJudge(object);
  }

  private boolean isInShard(ObjectRef object) {
    if (shard == null || shard.contains(object.bucket(), object.key())) {
      return true;
    }
    inOtherShards.increment();
    return false;
  }

  /// How many objects were left to other shards.
  public long inOtherShards() {
    return inOtherShards.sum();
  }

  private ObjectSource filtered(ObjectSource all, Predicate<ObjectRef> wanted) {
    ObjectSource names = shard == null ? all : new FilteredKeys(all, this::isInShard);
    return plan.dryRun()
            || plan.filters().needMetadata()
            || plan.capacity().isPresent()
            || plan.watch().isPresent()
        ? new KeyLookup(names, listing, plan.limits().listConcurrency(), this::isKnown, wanted)
        : new FilteredKeys(names, wanted);
  }
}
