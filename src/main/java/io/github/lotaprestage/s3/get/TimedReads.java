package io.github.lotaprestage.s3.get;

import io.github.lotaprestage.engine.Retrying;
import io.github.lotaprestage.engine.sample.SampleReads;
import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.RequestFailedException;
import io.github.lotaprestage.object.SourceException;
import io.github.lotaprestage.plan.target.S3Uri;
import io.github.lotaprestage.s3.auth.RenewableCredentials;
import io.github.lotaprestage.s3.errors.S3Errors;
import io.github.lotaprestage.s3.http.StoreClock;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.Supplier;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/// Reads the beginning of objects and measures how long it takes. The time of an attempt that
/// failed does not count.
public final class TimedReads implements SampleReads.Reader {

  private static final String RANGE = "bytes=0-" + (SampleReads.MAX_BYTES - 1);

  private final Supplier<S3Client> client;
  private final RenewableCredentials credentials;
  private final StoreClock clock;
  private final Retrying retrying;

  public TimedReads(
      Supplier<S3Client> client,
      RenewableCredentials credentials,
      StoreClock clock,
      Retrying retrying) {
    this.client = client;
    this.credentials = credentials;
    this.clock = clock;
    this.retrying = retrying;
  }

  @Override
  public SampleReads.Read read(String bucket, String key)
      throws SourceException, InterruptedException {
    String operation = "GET " + new S3Uri(bucket, key);
    Retrying.Result<SampleReads.Read> result =
        retrying.send(
            () -> operation, () -> credentials.use(_ -> clock.signed(() -> readOnce(bucket, key))));
    return switch (result) {
      case Retrying.Result.Success<SampleReads.Read> answer -> answer.value();
      case Retrying.Result.Failed<SampleReads.Read> failure ->
          throw new SourceException(operation, failure.error());
    };
  }

  private SampleReads.Read readOnce(String bucket, String key)
      throws RequestFailedException, InterruptedException {
    long start = System.nanoTime();
    SampleReads.Read read =
        S3Errors.call(() -> {
          ResponseInputStream<GetObjectResponse> content =
              client.get().getObject(request -> request.bucket(bucket).key(key).range(RANGE));
          try {
            return drain(content, start);
          } catch (IOException e) {
            throw SdkClientException.create("the answer ended early", e);
          } finally {
            content.abort();
          }
        });
    if (read.bytes() == 0) { // which says nothing about reads, because staged objects have content
      throw new RequestFailedException(
          Failure.local(Failure.Kind.REJECTED, "UnexpectedLength", "the answer has no content"),
          null);
    }
    return read;
  }

  /// A store that ignores the range sends more, which is not read.
  private static SampleReads.Read drain(InputStream content, long start) throws IOException {
    byte[] buffer = new byte[1 << 16];
    long bytes = Math.max(0, content.read(buffer));
    Duration firstByte = Duration.ofNanos(System.nanoTime() - start);
    while (bytes < SampleReads.MAX_BYTES) {
      int count =
          content.read(buffer, 0, (int) Math.min(buffer.length, SampleReads.MAX_BYTES - bytes));
      if (count < 0) {
        break;
      }
      bytes += count;
    }
    return new SampleReads.Read(firstByte, Duration.ofNanos(System.nanoTime() - start), bytes);
  }
}
