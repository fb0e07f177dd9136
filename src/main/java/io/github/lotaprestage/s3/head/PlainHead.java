package io.github.lotaprestage.s3.head;

import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.RequestFailedException;
import io.github.lotaprestage.s3.auth.RenewableCredentials;
import io.github.lotaprestage.s3.errors.S3Errors;
import io.github.lotaprestage.s3.http.AnswerHeaders;
import io.github.lotaprestage.s3.http.Connections;
import io.github.lotaprestage.s3.sign.Signing;
import java.time.Duration;

/// HEAD without `Range`. It returns metadata, and LOTA stages nothing. It is sent once, whatever
/// the answer is.
public final class PlainHead {

  private final HeadRequests signer;
  private final RenewableCredentials credentials;
  private final HeadClient client;

  public PlainHead(Signing signing, RenewableCredentials credentials, Connections connections) {
    this.signer = HeadRequests.withoutRange(signing);
    this.credentials = credentials;
    this.client = new HeadClient(connections);
  }

  /// @return the object as the answer describes it
  /// @throws RequestFailedException also if the answer does not describe an object
  public ObjectRef send(ObjectRef object, Duration timeout)
      throws RequestFailedException, InterruptedException {
    AnswerHeaders answer =
        credentials.use(identity -> {
          AnswerHeaders head = client.head(signer.sign(object, identity), timeout);
          if (!HeadVerdict.judges(head.status())) {
            throw S3Errors.answered(head);
          }
          return head;
        });
    HeadVerdict verdict = HeadVerdict.of(object, answer);
    return switch (verdict) {
      case HeadVerdict.Staged described -> described.object();
      case HeadVerdict.Empty _, HeadVerdict.EmptyIfListed _ -> object;
      case HeadVerdict.Failed failed ->
          throw new RequestFailedException(failed.error(answer), null);
    };
  }
}
