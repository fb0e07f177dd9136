package io.github.lotaprestage.s3.head;

import io.github.lotaprestage.object.RequestFailedException;
import io.github.lotaprestage.s3.errors.S3Errors;
import io.github.lotaprestage.s3.http.Connections;
import io.github.lotaprestage.s3.http.HeadAnswer;
import java.io.IOException;
import java.time.Duration;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Method;

/// Sends signed HEADs, one attempt per call. The path is sent byte for byte as it was signed.
public record HeadClient(Connections connections) {

  /// @param timeout how long to wait for the answer, which comes when LOTA has the whole object
  /// @throws RequestFailedException if no answer came
  HeadAnswer head(HeadRequests.Signed signed, Duration timeout)
      throws RequestFailedException, InterruptedException {
    try {
      ClassicHttpResponse answer =
          connections.send(signed.host(), Method.HEAD, signed.request(), timeout);
      return HeadAnswer.of(answer.getCode(), answer);
    } catch (IOException e) {
      if (Thread.interrupted()) {
        throw S3Errors.interrupted(e);
      }
      throw S3Errors.unanswered(e);
    }
  }
}
