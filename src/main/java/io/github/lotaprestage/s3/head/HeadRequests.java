package io.github.lotaprestage.s3.head;

import io.github.lotaprestage.object.ObjectRef;
import io.github.lotaprestage.s3.sign.RequestSigner;
import io.github.lotaprestage.s3.sign.SignedRequest;
import io.github.lotaprestage.s3.sign.Signing;
import org.apache.hc.core5.http.Method;
import software.amazon.awssdk.auth.credentials.AwsCredentials;

/// The documented request: `HEAD` with `Range: bytes=0-0`. Safe for use by any thread.
///
/// Source: CoreWeave's page on pre-staging objects into the LOTA cache.
public final class HeadRequests {

  private final RequestSigner signer;

  public HeadRequests(Signing signing) {
    this(new RequestSigner(signing, Method.HEAD, "bytes=0-0"));
  }

  private HeadRequests(RequestSigner signer) {
    this.signer = signer;
  }

  /// Requests that ask for metadata only, and stage nothing.
  static HeadRequests withoutRange(Signing signing) {
    return new HeadRequests(new RequestSigner(signing, Method.HEAD, null));
  }

  SignedRequest sign(ObjectRef object, AwsCredentials credentials) {
    return signer.sign(object.bucket(), RequestSigner.path(object.key()), "", credentials);
  }
}
