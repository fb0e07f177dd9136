package io.github.lotaprestage.s3.list;

import io.github.lotaprestage.object.RequestFailedException;
import io.github.lotaprestage.s3.errors.S3Errors;
import io.github.lotaprestage.s3.http.Connections;
import io.github.lotaprestage.s3.sign.SignedRequest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.Method;

/// Sends signed LISTs, one attempt per call.
///
/// @param timeout how long to wait for the whole answer
/// @param sent counts the requests
public record ListClient(Connections.Sender sender, Duration timeout, LongAdder sent) {

  /// @return the body of the answer
  /// @throws RequestFailedException if no answer came, or one that is not a success
  byte[] list(SignedRequest request) throws RequestFailedException, InterruptedException {
    sent.increment();
    ClassicHttpResponse answer =
        S3Errors.answer(() -> sender.send(request.host(), Method.GET, request.text(), timeout));
    byte[] body = S3Errors.answer(() -> body(answer));
    if (!S3Errors.isSuccess(answer)) {
      throw S3Errors.refused(answer, body);
    }
    return body;
  }

  /// It has arrived already, and is empty where the status allows none.
  private static byte[] body(ClassicHttpResponse answer) throws IOException {
    HttpEntity entity = answer.getEntity();
    if (entity == null) {
      return new byte[0];
    }
    try (InputStream content = entity.getContent()) {
      return content.readAllBytes();
    }
  }
}
