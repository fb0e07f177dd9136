package io.github.lotaprestage.s3.get;

import io.github.lotaprestage.engine.Retrying;
import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.RequestFailedException;
import io.github.lotaprestage.object.SourceException;
import io.github.lotaprestage.plan.RetryPolicy;
import io.github.lotaprestage.plan.target.S3Uri;
import io.github.lotaprestage.s3.auth.Identity;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/// The content of an object, read as it arrives. If the connection is lost, which is likely while
/// the reader is busy for hours, reading goes on where it stopped. An object that was replaced
/// meanwhile is a failure, so that two versions are never mixed.
///
/// Every failure is an [IOException] whose cause is a [SourceException].
public final class ObjectStream extends InputStream {

  /// How GETs are sent.
  public record Requests(Supplier<S3Client> client, Identity identity, Retrying retrying) {}

  private static final int PRECONDITION_FAILED = 412;

  private static final Failure REPLACED =
      Failure.local(
          Failure.Kind.REJECTED,
          "PreconditionFailed",
          "the object was replaced while this run read it");

  private final Requests requests;
  private final RetryPolicy retry;
  private final String bucket;
  private final String key;
  private @Nullable ResponseInputStream<GetObjectResponse> in;

  /// The version that is read; null as long as none is known.
  private @Nullable String etag;

  private long position;
  private int losses;
  private boolean over;

  private ObjectStream(
      Requests requests, RetryPolicy retry, String bucket, String key, @Nullable String etag) {
    this.requests = requests;
    this.retry = retry;
    this.bucket = bucket;
    this.key = key;
    this.etag = etag;
  }

  /// Sends the first GET.
  ///
  /// @param etag the only version that may be read; null for any
  public static ObjectStream open(
      Requests requests, RetryPolicy retry, String bucket, String key, @Nullable String etag)
      throws SourceException, InterruptedException {
    ObjectStream stream = new ObjectStream(requests, retry, bucket, key, etag);
    stream.in = stream.request();
    stream.etag = stream.in.response().eTag();
    return stream;
  }

  /// The version that is read; null if the store gives none.
  public @Nullable String etag() {
    return etag;
  }

  private String operation() {
    return "GET " + new S3Uri(bucket, key);
  }

  private ResponseInputStream<GetObjectResponse> request()
      throws SourceException, InterruptedException {
    return requests
        .retrying()
        .send(this::operation, () -> requests.identity().sendBySdk(this::requestOnce))
        .orThrow(operation());
  }

  private ResponseInputStream<GetObjectResponse> requestOnce()
      throws RequestFailedException, InterruptedException {
    ResponseInputStream<GetObjectResponse> answer;
    try {
      answer =
          SdkErrors.call(() ->
              requests
                  .client()
                  .get()
                  .getObject(request -> {
                    request.bucket(bucket).key(key).ifMatch(etag);
                    if (position > 0) {
                      request.range("bytes=" + position + "-");
                    }
                  }));
    } catch (RequestFailedException e) {
      boolean replaced = Objects.equals(e.error().httpStatus(), PRECONDITION_FAILED);
      throw replaced
          ? new RequestFailedException(
              e.error().as(Failure.Kind.REJECTED, REPLACED.code(), REPLACED.message()), e)
          : e;
    }
    if (etag != null && !etag.equals(answer.response().eTag())) { // the store ignores If-Match
      answer.abort();
      throw new RequestFailedException(REPLACED, null);
    }
    return answer;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (!over) {
      try {
        int count = opened().read(into, from, length);
        if (count > 0) {
          position += count;
          losses = 0;
          return count;
        }
        over = count < 0;
      } catch (SourceException e) {
        throw new IOException(e.getMessage(), e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted");
      } catch (IOException e) {
        lost(e);
      }
    }
    return -1;
  }

  private InputStream opened() throws IOException, SourceException, InterruptedException {
    ResponseInputStream<GetObjectResponse> open = in;
    if (open == null) {
      Thread.sleep(retry.ceiling(losses));
      open = request();
      in = open;
      if (open.response().contentRange() == null) { // the store ignores ranges
        open.skipNBytes(position);
      }
    }
    return open;
  }

  private void lost(IOException failure) throws IOException {
    close();
    losses++;
    if (losses >= retry.maxAttempts() || (position > 0 && etag == null)) {
      throw new IOException(
          failure.getMessage(),
          new SourceException(
              operation(),
              Failure.local(
                  Failure.Kind.TRANSIENT,
                  "ConnectionLost",
                  "the connection was lost after "
                      + position
                      + " bytes: "
                      + failure.getMessage())));
    }
  }

  @Override
  public void close() {
    ResponseInputStream<GetObjectResponse> open = in;
    in = null;
    if (open != null) {
      open.abort();
    }
  }
}
