package io.github.lotaprestage.source.manifests;

import io.github.lotaprestage.object.Entry;
import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.ObjectSource;
import io.github.lotaprestage.object.SourceException;
import io.github.lotaprestage.plan.target.Manifest;
import io.github.lotaprestage.plan.target.S3Uri;
import io.github.lotaprestage.source.listing.Listing;
import io.github.lotaprestage.source.lists.ListInput;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Yields the objects that a manifest names. Manifests in JSON are read whole, CSV is read as it is
/// needed, and either may be compressed with gzip.
public final class ManifestObjects implements ObjectSource {

  private final Manifest manifest;
  private final InputStream standardInput;
  private final ObjectReader store;
  private final OtherFiles others;
  private final Names names;
  private final AtomicLong listed = new AtomicLong();
  private @Nullable Contents contents;
  private boolean broken;

  /// @param bucketProblem describes what is wrong with a bucket name
  public ManifestObjects(
      Manifest manifest,
      InputStream standardInput,
      ObjectReader store,
      Listing listing,
      Function<String, Optional<String>> bucketProblem) {
    this.manifest = manifest;
    this.standardInput = standardInput;
    this.store = store;
    this.others = new OtherFiles(listing);
    this.names = new Names(manifest, bucketProblem);
  }

  @Override
  public @Nullable Entry next() throws SourceException, InterruptedException {
    if (broken) {
      return null;
    }
    try {
      Contents open = contents;
      if (open == null) {
        open = open();
        contents = open;
      }
      Entry entry = open.next();
      if (entry != null) {
        listed.incrementAndGet();
      }
      return entry;
    } catch (InterruptedIOException e) {
      throw new InterruptedException(e.getMessage());
    } catch (CharacterCodingException e) {
      throw broken(Failure.Kind.INVALID, "NotAManifest", "the manifest is not UTF-8; convert it");
    } catch (IOException e) {
      broken = true;
      throw e.getCause() instanceof SourceException problem
          ? problem
          : broken(Failure.Kind.FILE, "ReadError", ListInput.reason(e));
    } catch (NotAManifestException e) {
      throw broken(Failure.Kind.INVALID, "NotAManifest", String.valueOf(e.getMessage()));
    } catch (SourceException e) {
      broken = true;
      throw e;
    }
  }

  private Contents open()
      throws IOException, NotAManifestException, SourceException, InterruptedException {
    BufferedInputStream in = new BufferedInputStream(ListInput.decompressed(raw()), 1 << 16);
    Manifest.Format format = manifest.format().orElse(null);
    if (isJson(in)) {
      return JsonManifest.read(in, format, names, store, others);
    }
    if (format == null || format == Manifest.Format.S3_BATCH) {
      names.requireNoTarget();
      return new BatchRecords(names, new CsvReader(in));
    }
    throw new NotAManifestException("is not JSON");
  }

  private InputStream raw() throws IOException, SourceException, InterruptedException {
    Optional<S3Uri> object = manifest.object();
    if (object.isPresent()) {
      return store.open(object.get().bucket(), object.get().key());
    }
    return manifest.isStandardInput()
        ? standardInput
        : Files.newInputStream(Path.of(manifest.location()));
  }

  /// Whether the first character that is not white space is a brace; also after a byte order mark.
  private static boolean isJson(BufferedInputStream in) throws IOException {
    in.mark(1024);
    int c = in.read();
    for (int i = 0;
        i < 1000 && (Character.isWhitespace(c) || c == 0xEF || c == 0xBB || c == 0xBF);
        i++) {
      c = in.read();
    }
    in.reset();
    return c == '{';
  }

  private SourceException broken(Failure.Kind kind, String code, String reason) {
    broken = true;
    return new SourceException(
        "read the manifest " + manifest.name(), Failure.local(kind, code, reason));
  }

  @Override
  public long listed() {
    return listed.get();
  }

  @Override
  public void close() {
    Contents open = contents;
    if (open == null || manifest.isStandardInput()) {
      return; // standard input is not ours
    }
    try {
      open.close();
    } catch (IOException e) {
      throw new UncheckedIOException("close " + manifest.name(), e);
    }
  }
}
