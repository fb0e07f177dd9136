package io.github.lotaprestage.cli;

import io.github.lotaprestage.cli.options.CheckpointOptions;
import io.github.lotaprestage.cli.options.ListOptions;
import io.github.lotaprestage.cli.options.Options;
import io.github.lotaprestage.cli.options.TargetOptions;
import io.github.lotaprestage.cli.values.TargetSpelling;
import io.github.lotaprestage.cli.values.Targets;
import io.github.lotaprestage.plan.Latest;
import io.github.lotaprestage.plan.target.BucketName;
import io.github.lotaprestage.plan.target.Glob;
import io.github.lotaprestage.plan.target.Inputs;
import io.github.lotaprestage.plan.target.KeyList;
import io.github.lotaprestage.plan.target.Manifest;
import io.github.lotaprestage.plan.target.S3Uri;
import io.github.lotaprestage.plan.target.Target;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Finds out from the options which objects were asked for.
final class RequestFactory {

  /// What was asked for, before filters.
  record Request(
      List<Target> targets,
      List<KeyList> lists,
      List<Manifest> manifests,
      Inputs inputs,
      Optional<Latest> latest) {

    /// Whether everything can be read another time.
    boolean isRepeatable() {
      return Stream.concat(
              lists.stream().map(KeyList::file),
              manifests.stream()
                  .filter(manifest -> manifest.object().isEmpty())
                  .map(Manifest::location))
          .allMatch(file -> !file.equals("-") && Files.isRegularFile(Path.of(file)));
    }
  }

  private final UsageChecks checks;
  private final TargetOptions named;
  private final ListOptions lists;
  private final CheckpointOptions checkpoints;
  private final boolean doctor;
  private Inputs.Builder inputs = new Inputs.Builder();

  RequestFactory(UsageChecks checks, Options options) {
    this.checks = checks;
    this.named = options.targets();
    this.lists = options.lists();
    this.checkpoints = options.checkpoints();
    this.doctor = options.connection().doctor.get();
  }

  /// @throws picocli.CommandLine.ParameterException if the options are invalid, alone or together
  Request request() {
    List<Target> targets = targets();
    Optional<Target.Listed> base = base(targets);
    List<KeyList> keyLists = keyLists(base);
    List<Manifest> manifests = manifests(base);
    requireOneStandardInput(keyLists, manifests);
    if (base.isPresent() && named.bucket.orNull() == null) {
      targets = List.of();
      inputs = new Inputs.Builder();
    }
    keyLists.forEach(inputs::add);
    manifests.forEach(inputs::add);
    checks.require(
        !targets.isEmpty() || !keyLists.isEmpty() || !manifests.isEmpty() || doctor,
        "nothing to stage; give an s3:// TARGET, --bucket, --files-from or --manifest");
    Optional<Latest> latest = latest();
    if (latest.isPresent()) {
      checks.require(
          keyLists.isEmpty() && manifests.isEmpty(),
          "--latest needs prefixes; it does not go with --files-from and --manifest");
      targets.forEach(this::requirePrefix);
    }
    return new Request(targets, keyLists, manifests, inputs.build(), latest);
  }

  private List<Target> targets() {
    List<Target> targets = new ArrayList<>();
    for (String text : named.targets.get()) {
      checks.require(!text.isBlank(), "TARGET must not be empty");
      for (Target target : parsed(withoutLastSlash(text), named.raw.get())) {
        targets.add(target);
        inputs.add(target, text);
      }
    }
    boolean bucketOnly =
        named.keys.get().isEmpty() && named.prefixes.get().isEmpty() && !bucketIsOnlyABase();
    String bucket = named.bucket.orNull();
    if (bucket == null) {
      checks.require(
          named.keys.get().isEmpty(), "--key needs --bucket, or write it as s3://BUCKET/KEY");
      checks.require(
          named.prefixes.get().isEmpty(),
          "--prefix needs --bucket, or write it as s3://BUCKET/PREFIX/");
    } else if (!bucketOnly || targets.isEmpty()) {
      checks.require(
          bucket.indexOf('/') < 0,
          "--bucket must be the name of a bucket only, not '"
              + TargetSpelling.shown(bucket)
              + "'; without --bucket, write the TARGET as "
              + TargetSpelling.corrected(bucket));
      requireBucket(bucket, "--bucket");
      List<Target> ofOptions = new ArrayList<>();
      named.keys.get().forEach(key -> ofOptions.add(new Target.Key(bucket, key)));
      named.prefixes.get().forEach(prefix -> ofOptions.add(Target.Listed.below(bucket, prefix)));
      if (bucketOnly) {
        ofOptions.add(Target.Listed.below(bucket, ""));
      }
      targets.addAll(ofOptions);
      ofOptions.forEach(target -> inputs.add(target, target.toString()));
    } else {
      checks.require(
          !checks.onCommandLine("--bucket"),
          "--bucket alone means the whole bucket, which does not go with TARGETs:"
              + " add --key or --prefix, or write s3://"
              + bucket
              + " as a TARGET");
    }
    for (Target target : targets) {
      requireBucket(target.bucket(), "target " + target);
      if (target instanceof Target.Key object) {
        checks.require(!object.key().isEmpty(), "--key must not be empty");
        requireFits(object.key());
      }
    }
    return targets.size() == 1 ? targets : targets.stream().distinct().toList();
  }

  /// With --latest, a wildcard stands for directories whether a slash follows it or not.
  private String withoutLastSlash(String text) {
    boolean levels = checkpoints.latest.orNull() != null && !named.raw.get();
    return levels && Glob.firstWildcard(text) >= 0 && text.endsWith("/")
        ? text.substring(0, text.length() - 1)
        : text;
  }

  private List<Target> parsed(String text, boolean raw) {
    try {
      return Targets.parse(text, raw);
    } catch (IllegalArgumentException e) {
      throw checks.usage("target '" + TargetSpelling.shown(text) + "' " + e.getMessage(), e);
    }
  }

  /// Rejects names that no endpoint accepts. The endpoint itself is checked when it is resolved.
  private void requireBucket(String bucket, String owner) {
    BucketName.problem(bucket, true)
        .ifPresent(problem -> {
          throw checks.usage(owner + " " + problem);
        });
  }

  private void requireFits(String key) {
    int bytes = key.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > Target.MAX_KEY_BYTES) {
      throw checks.usage(
          "a key has at most %d bytes, and '%.40s…' has %d"
              .formatted(Target.MAX_KEY_BYTES, key, bytes));
    }
  }

  private boolean hasLists() {
    return hasKeyLists()
        || lists.manifests.get().stream().anyMatch(location -> S3Uri.parse(location).isEmpty());
  }

  private boolean hasKeyLists() {
    return !lists.filesFrom.get().isEmpty() || !lists.filesFrom0.get().isEmpty();
  }

  private boolean bucketIsOnlyABase() {
    return hasLists() || !lists.manifests.get().isEmpty();
  }

  /// Where the bare names of lists belong: to the bucket of `--bucket` or, without it, below the
  /// only TARGET. That TARGET is then not listed.
  private Optional<Target.Listed> base(List<Target> targets) {
    String bucket = named.bucket.orNull();
    if (bucket != null) {
      return Optional.of(Target.Listed.below(bucket, ""));
    }
    return hasLists()
            && named.targets.get().size() == 1
            && targets.size() == 1
            && targets.getFirst() instanceof Target.Listed only
            && only.pattern().isEmpty()
        ? Optional.of(only)
        : Optional.empty();
  }

  private List<KeyList> keyLists(Optional<Target.Listed> base) {
    List<KeyList> keyLists = new ArrayList<>();
    for (String file : lists.filesFrom.get()) {
      keyLists.add(keyList("--files-from", file, base, lists.filesFormat.get().format()));
    }
    for (String file : lists.filesFrom0.get()) {
      keyLists.add(keyList("--files-from0", file, base, KeyList.Format.KEYS_WITH_NUL));
    }
    checks.require(
        !checks.onCommandLine("--files-format") || !lists.filesFrom.get().isEmpty(),
        "--files-format needs --files-from");
    return List.copyOf(keyLists);
  }

  private void requireOneStandardInput(List<KeyList> keyLists, List<Manifest> manifests) {
    checks.require(
        keyLists.stream().filter(KeyList::isStandardInput).count()
                + manifests.stream().filter(Manifest::isStandardInput).count()
            <= 1,
        "standard input can be read only once");
  }

  /// The bucket of `--bucket` is no directory of a manifest: it may be set in the environment.
  private List<Manifest> manifests(Optional<Target.Listed> base) {
    checks.require(
        !checks.onCommandLine("--manifest-format") || !lists.manifests.get().isEmpty(),
        "--manifest-format needs --manifest");
    Optional<Manifest.Format> format = Optional.ofNullable(lists.manifestFormat.orNull());
    Optional<Target.Listed> directory = named.bucket.orNull() == null ? base : Optional.empty();
    Target replaced = hasKeyLists() ? null : directory.orElse(null);
    return lists.manifests.get().stream()
        .map(location -> manifest(new Manifest(location, directory, format, replaced)))
        .toList();
  }

  private Manifest manifest(Manifest manifest) {
    Optional<S3Uri> object = manifest.object();
    if (object.isPresent()) {
      requireBucket(object.get().bucket(), "--manifest " + manifest.location());
      checks.require(
          !object.get().key().isEmpty() && !object.get().key().endsWith("/"),
          "--manifest " + manifest.location() + " is a prefix; name the manifest itself");
    } else if (!manifest.isStandardInput()) {
      checks.inputFile("--manifest", manifest.location());
    }
    return manifest;
  }

  private KeyList keyList(
      String option, String file, Optional<Target.Listed> base, KeyList.Format format) {
    KeyList list = new KeyList(file, base, format);
    if (!list.isStandardInput()) {
      checks.inputFile(option, file);
    }
    return list;
  }

  private Optional<Latest> latest() {
    Integer count = checkpoints.latest.orNull();
    if (count == null) {
      for (String option : List.of("--checkpoint-layout", "--latest-by", "--require-child")) {
        checks.require(!checks.onCommandLine(option), option + " needs --latest");
      }
      return Optional.empty();
    }
    String child = checkpoints.requireChild.orNull();
    checks.require(
        child == null || !child.startsWith("/"),
        "--require-child must be a name below a checkpoint, not '" + child + "'");
    return Optional.of(
        new Latest(
            count,
            checkpoints.checkpointLayout.get(),
            checkpoints.latestBy.get(),
            Optional.ofNullable(child)));
  }

  private void requirePrefix(Target target) {
    checks.require(
        target instanceof Target.Listed,
        "--latest needs prefixes; if %s is one, write it as %s/".formatted(target, target));
  }
}
