package io.github.lotaprestage.s3.head;

import io.github.lotaprestage.engine.Stager;
import io.github.lotaprestage.object.Attempt;
import io.github.lotaprestage.object.Failure;
import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.object.Outcome;
import io.github.lotaprestage.object.Outcome.Attempts;
import io.github.lotaprestage.object.RequestFailedException;
import io.github.lotaprestage.s3.auth.Identity;
import io.github.lotaprestage.s3.errors.S3Errors;
import io.github.lotaprestage.s3.http.AnswerHeaders;
import io.github.lotaprestage.s3.http.ETags;
import io.github.lotaprestage.s3.list.BucketCheck;
import io.github.lotaprestage.s3.sign.SignedRequest;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stages one object: LOTA answers its HEAD when the whole object is in the cache.
public final class HeadStager implements Stager {

  private static final Logger log = LoggerFactory.getLogger(HeadStager.class);

  private final Identity identity;
  private final HeadRequests signer;
  private final HeadClient client;
  private final BucketCheck bucketCheck;
  private final AttemptTimeout timeout;
  private final AtomicBoolean cacheWarned = new AtomicBoolean();

  public HeadStager(
      Identity identity,
      HeadRequests signer,
      HeadClient client,
      BucketCheck bucketCheck,
      AttemptTimeout timeout) {
    this.identity = identity;
    this.signer = signer;
    this.client = client;
    this.bucketCheck = bucketCheck;
    this.timeout = timeout;
  }

  @Override
  public @Nullable Outcome withoutRequest(ObjectRef object) {
    return object.isEmpty()
        ? new Outcome.Skipped(object, Outcome.Reason.EMPTY, Attempts.NONE)
        : null;
  }

  @Override
  public Outcome send(ObjectRef object, Attempt attempt)
      throws RequestFailedException, InterruptedException {
    AnswerHeaders answer = identity.send(keys -> answer(signer.sign(object, keys), object));
    return judged(object, answer, attempt.attempts(), attempt.duration());
  }

  @Override
  public Failure explain(Failure error, ObjectRef object) throws InterruptedException {
    return bucketCheck.explain(error, object.bucket());
  }

  private AnswerHeaders answer(SignedRequest signed, ObjectRef object)
      throws RequestFailedException, InterruptedException {
    AnswerHeaders answer = client.head(signed, timeout.with(object.size()));
    if (!HeadVerdict.judges(answer.status())) {
      throw S3Errors.answered(answer);
    }
    return answer;
  }

  private Outcome judged(
      ObjectRef listed, AnswerHeaders answer, Attempts attempts, Duration duration)
      throws RequestFailedException, InterruptedException {
    warnOfCache(listed, answer);
    HeadVerdict verdict = proven(listed, answer);
    return switch (verdict) {
      case HeadVerdict.Staged staged ->
          new Outcome.Prestaged(
              staged.object(), answer.contentType(), staged.changed(), attempts, duration);
      case HeadVerdict.Empty _ ->
          new Outcome.Skipped(empty(listed, answer), Outcome.Reason.EMPTY, attempts);
      case HeadVerdict.EmptyIfListed _ ->
          throw new IllegalStateException("a listing has decided this");
      case HeadVerdict.Failed failed ->
          new Outcome.Failed(listed, failed.error(answer), attempts, duration);
    };
  }

  /// Checks the bucket if the answer alone is not proof.
  private HeadVerdict proven(ObjectRef listed, AnswerHeaders answer)
      throws RequestFailedException, InterruptedException {
    HeadVerdict verdict = HeadVerdict.of(listed, answer);
    if (verdict instanceof HeadVerdict.EmptyIfListed) {
      verdict = bucketCheck.isEmpty(listed) ? new HeadVerdict.Empty() : HeadVerdict.NOT_EMPTY;
    }
    if (answer.fromS3() || verdict instanceof HeadVerdict.Failed) {
      return verdict;
    }
    if (verdict instanceof HeadVerdict.Staged(ObjectRef object, boolean changed)
        && changed
        && isListed(listed)) {
      return bucketCheck.isCurrent(object) ? verdict : HeadVerdict.NOT_LISTED;
    }
    return isListed(listed) || bucketCheck.isS3(listed.bucket()) ? verdict : HeadVerdict.NOT_S3;
  }

  /// Whether a listing gave any metadata of the object.
  private static boolean isListed(ObjectRef object) {
    return object.manifest() == null && (object.size() != null || object.etag() != null);
  }

  private static ObjectRef empty(ObjectRef listed, AnswerHeaders answer) {
    String etag = ETags.opaque(answer.etag());
    return new ObjectRef(
        listed.bucket(),
        listed.key(),
        0L,
        etag == null ? listed.etag() : etag,
        listed.lastModified(),
        listed.storageClass(),
        listed.input());
  }

  /// Warns once if a cache in between may have sent the answer.
  private void warnOfCache(ObjectRef object, AnswerHeaders answer) {
    if (answer.cached() && !cacheWarned.getAndSet(true)) {
      log.warn(
          "HEAD {}: the answer has the header 'Age: {}', so a cache between this program and LOTA"
              + " may have sent it; LOTA does not stage an object whose HEAD it does not receive."
              + " Use an endpoint that leads directly to LOTA",
          object.uri(),
          answer.age());
    }
  }
}
