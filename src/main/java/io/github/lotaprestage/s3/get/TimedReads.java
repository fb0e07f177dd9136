package io.github.lotaprestage.s3.get;

import io.github.lotaprestage.engine.Retrying;
import io.github.lotaprestage.engine.sample.SampleReads;
import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.RequestFailedException;
import io.github.lotaprestage.object.SourceException;
import io.github.lotaprestage.plan.target.S3Uri;
import io.github.lotaprestage.s3.auth.Identity;
import io.github.lotaprestage.s3.errors.S3Errors;
import io.github.lotaprestage.s3.http.Connections;
import io.github.lotaprestage.s3.sign.RequestSigner;
import io.github.lotaprestage.s3.sign.SignedRequest;
import io.github.lotaprestage.s3.sign.Signing;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.Method;

/// Reads the beginning of objects and measures how long it takes. The time of an attempt that
/// failed does not count.
public final class TimedReads implements SampleReads.Reader {

  private static final String RANGE = "bytes=0-" + (SampleReads.MAX_BYTES - 1);

  /// The part of an error that is read.
  private static final int ERROR_BYTES = 1 << 16;

  private final RequestSigner signer;
  private final Connections connections;
  private final Duration timeout;
  private final Identity identity;
  private final Retrying retrying;

  /// @param timeout how long to wait for the answer, and for each part of its body
  public TimedReads(
      Signing signing,
      Connections connections,
      Duration timeout,
      Identity identity,
      Retrying retrying) {
    this.signer = new RequestSigner(signing, Method.GET, RANGE);
    this.connections = connections;
    this.timeout = timeout;
    this.identity = identity;
    this.retrying = retrying;
  }

  @Override
  public SampleReads.Read read(String bucket, String key)
      throws SourceException, InterruptedException {
    String operation = "GET " + new S3Uri(bucket, key);
    return retrying
        .send(
            () -> operation,
            () ->
                identity.send(
                    keys -> readOnce(signer.sign(bucket, RequestSigner.path(key), "", keys))))
        .orThrow(operation);
  }

  private SampleReads.Read readOnce(SignedRequest request)
      throws RequestFailedException, InterruptedException {
    long start = System.nanoTime();
    ClassicHttpResponse answer =
        S3Errors.answer(
            () -> connections.stream(request.host(), Method.GET, request.text(), timeout));
    SampleReads.Read read =
        S3Errors.isSuccess(answer) ? S3Errors.answer(() -> drain(answer, start)) : refused(answer);
    if (read.bytes() == 0) { // which says nothing about reads, because staged objects have content
      throw new RequestFailedException(
          Failure.local(Failure.Kind.REJECTED, "UnexpectedLength", "the answer has no content"),
          null);
    }
    return read;
  }

  private static SampleReads.Read refused(ClassicHttpResponse answer)
      throws RequestFailedException, InterruptedException {
    byte[] body =
        S3Errors.answer(() -> {
          try (InputStream content = body(answer)) {
            return content.readNBytes(ERROR_BYTES);
          }
        });
    throw S3Errors.refused(answer, body);
  }

  /// Empty where the status allows none. Closing it ends the connection.
  private static InputStream body(ClassicHttpResponse answer) throws IOException {
    HttpEntity entity = answer.getEntity();
    return entity == null ? InputStream.nullInputStream() : entity.getContent();
  }

  /// A store that ignores the range sends more, which is not read.
  private static SampleReads.Read drain(ClassicHttpResponse answer, long start) throws IOException {
    byte[] buffer = new byte[1 << 16];
    try (InputStream content = body(answer)) {
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
}
