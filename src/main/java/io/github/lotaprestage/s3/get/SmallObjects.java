package io.github.lotaprestage.s3.get;

import io.github.lotaprestage.engine.Retrying;
import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.RequestFailedException;
import io.github.lotaprestage.object.SourceException;
import io.github.lotaprestage.plan.target.S3Uri;
import io.github.lotaprestage.s3.auth.Identity;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Reads objects that fit into memory. No more bytes than the limit are asked for.
public final class SmallObjects {

  private static final int RANGE_NOT_SATISFIABLE = 416;

  private final Supplier<S3Client> client;
  private final Identity identity;
  private final Retrying retrying;

  public SmallObjects(Supplier<S3Client> client, Identity identity, Retrying retrying) {
    this.client = client;
    this.identity = identity;
    this.retrying = retrying;
  }

  /// The content of an object; empty if there is no such object.
  ///
  /// @param most the largest size in bytes, at least 1
  /// @throws SourceException also if the object is larger
  public Optional<byte[]> read(String bucket, String key, int most)
      throws SourceException, InterruptedException {
    String operation = "GET " + new S3Uri(bucket, key);
    return retrying
        .send(() -> operation, () -> identity.sendBySdk(() -> get(bucket, key, most)))
        .orThrow(operation);
  }

  private Optional<byte[]> get(String bucket, String key, int most)
      throws RequestFailedException, InterruptedException {
    Optional<ResponseBytes<GetObjectResponse>> answer =
        SdkErrors.call(() -> answer(bucket, key, "bytes=0-" + (most - 1)));
    if (answer.isEmpty()) {
      return Optional.empty();
    }
    byte[] content = answer.get().asByteArray();
    String range = answer.get().response().contentRange();
    boolean cut = range != null && !range.endsWith("/*") && !range.endsWith("/" + content.length);
    if (content.length > most || cut) {
      throw new RequestFailedException(
          Failure.local(
              Failure.Kind.REJECTED, "TooLarge", "the object is larger than " + most + " bytes"),
          null);
    }
    return Optional.of(content);
  }

  /// An object without bytes has no range.
  private Optional<ResponseBytes<GetObjectResponse>> answer(
      String bucket, String key, String range) {
    try {
      return Optional.of(
          client.get().getObjectAsBytes(request -> request.bucket(bucket).key(key).range(range)));
    } catch (NoSuchKeyException e) {
      return Optional.empty();
    } catch (S3Exception e) {
      if (e.statusCode() == RANGE_NOT_SATISFIABLE) {
        return Optional.of(
            ResponseBytes.fromByteArray(GetObjectResponse.builder().build(), new byte[0]));
      }
      throw e;
    }
  }
}
