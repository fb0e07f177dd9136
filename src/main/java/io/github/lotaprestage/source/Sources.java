package io.github.lotaprestage.source;

import io.github.lotaprestage.object.Entry;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.ObjectSource;
import io.github.lotaprestage.object.SourceException;
import io.github.lotaprestage.plan.Plan;
import io.github.lotaprestage.plan.Shard;
import io.github.lotaprestage.plan.target.BucketName;
import io.github.lotaprestage.plan.target.Input;
import io.github.lotaprestage.plan.target.Inputs;
import io.github.lotaprestage.plan.target.KeyList;
import io.github.lotaprestage.plan.target.KeySpan;
import io.github.lotaprestage.plan.target.Manifest;
import io.github.lotaprestage.plan.target.Target;
import io.github.lotaprestage.plan.target.TargetIndex;
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
import io.github.lotaprestage.source.lookup.KeyLookup;
import io.github.lotaprestage.source.manifests.ManifestObjects;
import io.github.lotaprestage.source.manifests.ObjectReader;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
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
  private final Inputs inputs;
  private @Nullable Map<String, TargetIndex> listedByBucket;
  private final @Nullable Shard shard;
  private final LongAdder inOtherShards = new LongAdder();

  /// What the resolver chose, if it is asked once for the whole run.
  private volatile @Nullable Map<Target, Input> chosen;

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
    this.inputs = plan.inputs();
    this.shard = plan.shard().orElse(null);
  }

  /// Nothing is read, resolved or listed until the first object is requested. If the objects are
  /// opened more than once, the resolver is asked once, except for a watch, which looks again.
  public ObjectSource open() {
    return open(all -> all);
  }

  /// The same.
  ///
  /// @param listed wraps the objects in the order in which they are named or listed. With a
  ///   capacity, this order does not depend on the time that requests take.
  public ObjectSource open(UnaryOperator<ObjectSource> listed) {
    NamedTargets named = new NamedTargets(plan.named());
    List<ObjectSource> parts = new ArrayList<>();
    if (!named.isEmpty()) {
      parts.add(filtered(new NamedKeys(named, this::inputOf), selection::wants));
    }
    for (KeyList list : plan.keyLists()) {
      String base = list.base().map(Target.Listed::prefix).orElse("");
      ObjectSource objects = new ReadAhead(objects(list));
      parts.add(
          filtered(
              inputs.isOne() ? objects : new InputEntries(objects, inputs.of(list)),
              object -> selection.wants(object, base)));
    }
    for (Manifest manifest : plan.manifests()) {
      String base = manifest.base().map(Target.Listed::prefix).orElse("");
      ObjectSource objects =
          new ReadAhead(
              new ManifestObjects(
                  manifest, standardInput, manifests, listing, this::bucketProblem));
      ObjectSource entries = new InputEntries(objects, inputs.of(manifest));
      parts.add(
          filtered(
              comparesVersions() ? new Unversioned(entries) : entries,
              object -> selection.wants(object, base)));
    }
    if (!plan.listed().isEmpty()) {
      parts.add(new DeferredSource(problems -> resolved(resolve(problems), named)));
    }
    ObjectSource all = listed.apply(new ConcatenatedSource(parts));
    return plan.largestFirst() && !plan.dryRun()
        ? new LargestFirst(all, LOOK_AHEAD, MAX_WAIT)
        : all;
  }

  private ObjectSource objects(KeyList list) {
    return named(list, standardInput, pathStyle);
  }

  /// The objects that a key list names.
  ///
  /// @param pathStyle whether requests name the bucket in the path, which allows more bucket names
  public static ObjectSource named(KeyList list, InputStream standardInput, boolean pathStyle) {
    LineReader.Input input = () -> ListInput.open(list, standardInput);
    return list.format() == KeyList.Format.NDJSON
        ? new JsonListObjects(list, input, bucket -> BucketName.problem(bucket, pathStyle))
        : new KeyListObjects(list, input, bucket -> BucketName.problem(bucket, pathStyle));
  }

  private Optional<String> bucketProblem(String bucket) {
    return BucketName.problem(bucket, pathStyle);
  }

  /// What is staged in place of the targets that have to be listed, each with its input.
  private Map<Target, Input> resolve(Consumer<SourceException> problems)
      throws InterruptedException {
    Map<Target, Input> known = chosen;
    if (known != null) {
      return known;
    }
    Map<Target, Input> resolved = new LinkedHashMap<>();
    boolean all = true;
    for (Target.Listed target : plan.listed()) {
      try {
        for (Target each : resolver.resolve(target)) {
          resolved.putIfAbsent(each, inputs.of(target));
        }
      } catch (SourceException e) {
        problems.accept(e);
        all = false;
      }
    }
    if (all && plan.watch().isEmpty()) {
      chosen = resolved;
    }
    return resolved;
  }

  /// @param before what was named without a resolver
  private ObjectSource resolved(Map<Target, Input> targets, NamedTargets before) {
    List<ObjectSource> parts = new ArrayList<>();
    List<Target.Named> names = Target.only(Target.Named.class, targets.keySet());
    NamedTargets named = before.followedBy(names);
    if (!names.isEmpty()) {
      parts.add(
          filtered(new NamedKeys(named, name -> targets.get(name.target())), selection::wants));
    }
    List<Scope> scopes = scopes(Target.only(Target.Listed.class, targets.keySet()));
    if (!scopes.isEmpty()) {
      BiFunction<Scope, ObjectRef, @Nullable ObjectRef> select =
          (scope, object) -> {
            Target.Listed target = selection.first(object, scope.targets());
            if (target == null || isStagedByName(named, object) || !isInShard(object)) {
              return null;
            }
            return inputs.isOne() ? object : object.selectedBy(targets.get(target));
          };
      int concurrency = plan.limits().listConcurrency();
      parts.add(
          (plan.dryRun() && !plan.output().quiet())
                  || (!plan.dryRun() && plan.capacity().isPresent())
              ? new OrderedListing(listing, concurrency, scopes, select)
              : new ListedObjects(listing, concurrency, scopes, select));
    }
    return new ConcatenatedSource(parts);
  }

  private List<Scope> scopes(List<Target.Listed> targets) {
    List<Scope> all = Scope.merge(targets);
    KeySpan range = shard == null ? null : shard.range();
    return range == null
        ? all
        : all.stream().flatMap(scope -> scope.within(range).stream()).toList();
  }

  /// The first input that selects an object that is named: its own, unless a target that is listed
  /// selects it too and stands before it. Which checkpoints `--latest` chooses is not known yet.
  private @Nullable Input inputOf(NamedTargets.Name name) {
    if (inputs.isOne()) {
      return null;
    }
    Input own = inputs.of(name.target());
    TargetIndex index = plan.latest().isPresent() ? null : listed().get(name.key().bucket());
    if (index == null) {
      return own;
    }
    Target.Listed other =
        selection.first(ObjectRef.named(name.key().bucket(), name.key().key()), index);
    return other != null && inputs.of(other).index() < own.index() ? inputs.of(other) : own;
  }

  /// The targets that are listed, by bucket.
  private synchronized Map<String, TargetIndex> listed() {
    if (listedByBucket == null) {
      listedByBucket = TargetIndex.byBucket(plan.listed());
    }
    return listedByBucket;
  }

  /// Whether a listed object is also named, and was not excluded there by its whole key.
  private boolean isStagedByName(NamedTargets named, ObjectRef object) {
    return !named.isEmpty()
        && named.contains(object.bucket(), object.key())
        && selection.wants(ObjectRef.named(object.bucket(), object.key()));
  }

  /// Whether a manifest gave all the metadata that is needed.
  private boolean isKnown(ObjectRef object) {
    return object.size() != null && selection.canJudge(object) && !comparesVersions();
  }

  /// Whether the current version of an object matters before its HEAD. A manifest may be out of
  /// date.
  private boolean comparesVersions() {
    return plan.watch().isPresent() || plan.files().journal().isPresent();
  }

  /// Objects without the ETags that a manifest gives.
  private static final class Unversioned extends ObjectSource.Forwarding {
    Unversioned(ObjectSource source) {
      super(source);
    }

    @Override
    public @Nullable Entry next() throws SourceException, InterruptedException {
      Entry entry = super.next();
      return entry instanceof ObjectRef object ? object.withoutVersion() : entry;
    }
  }

  /// A line that names no object belongs to a shard too, so that only one of them reports it.
  private boolean isInShard(Entry entry) {
    if (shard == null
        || switch (entry) {
          case ObjectRef object -> shard.contains(object.bucket(), object.key());
          case Entry.BadLine line -> shard.contains("", line.text());
        }) {
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
    if (!plan.looksUpNames()) {
      return new FilteredKeys(
          names, entry -> !(entry instanceof ObjectRef object) || wanted.test(object));
    }
    ObjectSource byName =
        new FilteredKeys(
            names,
            entry ->
                !(entry instanceof ObjectRef object)
                    || wanted.test(ObjectRef.named(object.bucket(), object.key())));
    return new KeyLookup(byName, listing, plan.limits().listConcurrency(), this::isKnown, wanted);
  }
}
