package io.github.lotaprestage.source.manifests;

import io.github.lotaprestage.object.Entry;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.plan.target.Manifest;
import io.github.lotaprestage.plan.target.S3Uri;
import io.github.lotaprestage.plan.target.Target;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Makes objects of the names in a manifest.
final class Names {

  private static final int SHOWN = 200; // code points

  private final Manifest manifest;
  private final Function<String, Optional<String>> bucketProblem;

  Names(Manifest manifest, Function<String, Optional<String>> bucketProblem) {
    this.manifest = manifest;
    this.bucketProblem = bucketProblem;
  }

  /// Whole names need no place that they belong to.
  void requireNoTarget() throws NotAManifestException {
    if (manifest.replaces() != null) {
      throw new NotAManifestException(
          "names whole objects, so "
              + manifest.replaces()
              + " would not be staged; stage it in a run of its own");
    }
  }

  /// Where relative names belong.
  S3Uri directory() throws NotAManifestException {
    return manifest
        .directory()
        .map(directory -> new S3Uri(directory.bucket(), directory.prefix()))
        .orElseThrow(() ->
            new NotAManifestException(
                "names files beside it; give the prefix that they belong to as the only TARGET"));
  }

  /// A file beside the manifest or below its directory.
  ///
  /// @param size null if the manifest does not say
  Entry beside(String name, @Nullable Long size) throws NotAManifestException {
    S3Uri place = directory();
    boolean inside =
        !name.isEmpty()
            && !name.startsWith("/")
            && Arrays.stream(name.split("/", -1))
                .noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
    return inside
        ? whole(place.bucket(), place.key() + name, size)
        : bad(name, "is not the name of a file below " + place);
  }

  /// An object that the manifest names with its bucket.
  Entry whole(String bucket, String key, @Nullable Long size) {
    return whole(new ObjectRef(bucket, key, known(size), null, null, null));
  }

  /// The same with metadata.
  Entry whole(ObjectRef object) {
    return Target.keyProblem(object.key())
        .or(() -> bucketProblem.apply(object.bucket()))
        .<Entry>map(problem -> bad(object.uri(), problem))
        .orElse(object);
  }

  /// A manifest is not proof that an object has no bytes.
  static @Nullable Long known(@Nullable Long size) {
    return size == null || size <= 0 ? null : size;
  }

  Entry bad(String text, String problem) {
    String shown =
        text.codePointCount(0, text.length()) > SHOWN
            ? text.substring(0, text.offsetByCodePoints(0, SHOWN)) + "…"
            : text;
    return new Entry.BadLine(shown, "an entry of " + manifest.name() + " " + problem);
  }

  /// The manifest itself, which loaders read too: an object, or the file of that name below the
  /// base.
  ///
  /// @param ending of the names that such a manifest has
  Optional<Entry> itself(String ending) throws NotAManifestException {
    Optional<S3Uri> object = manifest.object();
    if (object.isPresent()) {
      return Optional.of(whole(object.get().bucket(), object.get().key(), null));
    }
    String name = manifest.location().substring(manifest.location().lastIndexOf('/') + 1);
    return name.equals(ending) || name.endsWith("." + ending)
        ? Optional.of(beside(name, null))
        : Optional.empty();
  }
}
