package io.github.lotaprestage.plan;

import io.github.lotaprestage.plan.target.Inputs;
import io.github.lotaprestage.plan.target.KeyList;
import io.github.lotaprestage.plan.target.Manifest;
import io.github.lotaprestage.plan.target.Target;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The request of one run, validated as a whole. Nothing downstream validates it again.
///
/// @param targets objects and prefixes, without duplicates
/// @param keyLists read after the targets
/// @param manifests read after the key lists
/// @param inputs what the user asked for: the targets, key lists and manifests
/// @param shard the part of the keys to stage; empty for all
/// @param capacity of the cache; empty if it is not limited
/// @param latest stage only the newest checkpoints below the targets; empty to stage all
/// @param largestFirst whether large objects are staged before small ones, as far as they are known
/// @param watch the time between two looks for new objects; empty to look once
/// @param sampleReads how many staged objects are read afterwards; 0 for none
/// @param dryRun whether only LISTs are sent
/// @param allowEmpty whether a run without any object succeeds
public record Plan(
    List<Target> targets,
    List<KeyList> keyLists,
    List<Manifest> manifests,
    Inputs inputs,
    Optional<Latest> latest,
    Filters filters,
    Optional<Shard> shard,
    StoreOptions store,
    Limits limits,
    Optional<Capacity> capacity,
    RetryPolicy retry,
    RunFiles files,
    boolean largestFirst,
    Optional<Duration> watch,
    int sampleReads,
    boolean dryRun,
    boolean allowEmpty,
    OutputOptions output) {

  /// What names its objects.
  public List<Target.Named> named() {
    return Target.only(Target.Named.class, targets);
  }

  /// What has to be listed.
  public List<Target.Listed> listed() {
    return Target.only(Target.Listed.class, targets);
  }

  /// The prefixes that objects belong to: what is listed, and where the names of key lists and
  /// manifests belong.
  public List<Target.Listed> prefixes() {
    return Stream.of(
            listed().stream(),
            keyLists.stream().map(KeyList::base).flatMap(Optional::stream),
            manifests.stream().map(Manifest::directory).flatMap(Optional::stream))
        .flatMap(each -> each)
        .distinct()
        .toList();
  }

  /// Whether named objects are listed, too, because their metadata is needed before the HEAD.
  public boolean looksUpNames() {
    return dryRun || filters.needMetadata() || capacity.isPresent() || watch.isPresent();
  }

  /// Whether everything that is listed is selected. A store that lists something else is broken.
  public boolean selectsAll() {
    return filters.equals(Filters.NONE)
        && shard.isEmpty()
        && watch.isEmpty()
        && listed().stream().allMatch(target -> target.pattern().isEmpty());
  }

  public static Builder builder() {
    return new Builder();
  }

  /// Sets the parts of a plan by name. The others have the defaults of the command line.
  public static final class Builder {
    private List<Target> targets = List.of();
    private List<KeyList> keyLists = List.of();
    private List<Manifest> manifests = List.of();
    private @Nullable Inputs inputs;
    private Optional<Latest> latest = Optional.empty();
    private Filters filters = Filters.NONE;
    private Optional<Shard> shard = Optional.empty();
    private StoreOptions store = StoreOptions.builder().build();
    private Limits limits = Limits.builder().build();
    private Optional<Capacity> capacity = Optional.empty();
    private RetryPolicy retry = RetryPolicy.attempts(10);
    private RunFiles files = RunFiles.builder().build();
    private boolean largestFirst = true;
    private Optional<Duration> watch = Optional.empty();
    private int sampleReads;
    private boolean dryRun;
    private boolean allowEmpty;
    private OutputOptions output = OutputOptions.builder().build();

    private Builder() {}

    public Builder targets(List<Target> value) {
      targets = value;
      return this;
    }

    public Builder keyLists(List<KeyList> value) {
      keyLists = value;
      return this;
    }

    public Builder manifests(List<Manifest> value) {
      manifests = value;
      return this;
    }

    /// If it is not set, every target is an input of its own.
    public Builder inputs(Inputs value) {
      inputs = value;
      return this;
    }

    public Builder latest(Optional<Latest> value) {
      latest = value;
      return this;
    }

    public Builder filters(Filters value) {
      filters = value;
      return this;
    }

    public Builder shard(Optional<Shard> value) {
      shard = value;
      return this;
    }

    public Builder store(StoreOptions value) {
      store = value;
      return this;
    }

    public Builder limits(Limits value) {
      limits = value;
      return this;
    }

    public Builder capacity(Optional<Capacity> value) {
      capacity = value;
      return this;
    }

    public Builder retry(RetryPolicy value) {
      retry = value;
      return this;
    }

    public Builder files(RunFiles value) {
      files = value;
      return this;
    }

    public Builder largestFirst(boolean value) {
      largestFirst = value;
      return this;
    }

    public Builder watch(Optional<Duration> value) {
      watch = value;
      return this;
    }

    public Builder sampleReads(int value) {
      sampleReads = value;
      return this;
    }

    public Builder dryRun(boolean value) {
      dryRun = value;
      return this;
    }

    public Builder allowEmpty(boolean value) {
      allowEmpty = value;
      return this;
    }

    public Builder output(OutputOptions value) {
      output = value;
      return this;
    }

    private Inputs eachAnInput() {
      Inputs.Builder each = new Inputs.Builder();
      targets.forEach(target -> each.add(target, target.toString()));
      keyLists.forEach(each::add);
      manifests.forEach(each::add);
      return each.build();
    }

    public Plan build() {
      return new Plan(
          targets,
          keyLists,
          manifests,
          inputs == null ? eachAnInput() : inputs,
          latest,
          filters,
          shard,
          store,
          limits,
          capacity,
          retry,
          files,
          largestFirst,
          watch,
          sampleReads,
          dryRun,
          allowEmpty,
          output);
    }
  }
}
