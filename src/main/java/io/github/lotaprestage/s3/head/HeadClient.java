package io.github.lotaprestage.s3.head;

import io.github.lotaprestage.object.RequestFailedException;
import io.github.lotaprestage.s3.errors.S3Errors;
import io.github.lotaprestage.s3.http.AnswerHeaders;
import io.github.lotaprestage.s3.http.Connections;
import io.github.lotaprestage.s3.sign.SignedRequest;
import java.time.Duration;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Method;

/// Sends signed HEADs, one attempt per call. The path is sent byte for byte as it was signed.
public record HeadClient(Connections connections) {

  /// @param timeout how long to wait for the answer, which comes when LOTA has the whole object
  /// @throws RequestFailedException if no answer came
  AnswerHeaders head(SignedRequest signed, Duration timeout)
      throws RequestFailedException, InterruptedException {
    ClassicHttpResponse answer =
        S3Errors.answer(() -> connections.send(signed.host(), Method.HEAD, signed.text(), timeout));
    return AnswerHeaders.of(answer.getCode(), answer);
  }
}
