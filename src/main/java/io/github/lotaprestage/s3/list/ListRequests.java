package io.github.lotaprestage.s3.list;

import io.github.lotaprestage.s3.sign.RequestSigner;
import io.github.lotaprestage.s3.sign.SignedRequest;
import io.github.lotaprestage.s3.sign.Signing;
import io.github.lotaprestage.source.listing.Listing;
import org.apache.hc.core5.http.Method;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/// ListObjectsV2, with keys URL-encoded in the answer, because XML cannot represent every key. Safe
/// for use by any thread.
///
/// Source: the S3 API reference, "ListObjectsV2".
public final class ListRequests {

  private final RequestSigner signer;

  public ListRequests(Signing signing) {
    this.signer = new RequestSigner(signing, Method.GET, null);
  }

  SignedRequest sign(Listing.Query query, AwsCredentials credentials) {
    return signer.sign(query.bucket(), "", parameters(query), credentials);
  }

  /// In the order of their names, as they are signed.
  private static String parameters(Listing.Query query) {
    return parameter("continuation-token", query.token())
        + parameter("delimiter", query.directories() ? "/" : null)
        + "encoding-type=url&list-type=2&max-keys="
        + query.maxKeys()
        + "&prefix="
        + SdkHttpUtils.urlEncode(query.prefix())
        + (query.startAfter() == null
            ? ""
            : "&start-after=" + SdkHttpUtils.urlEncode(query.startAfter()));
  }

  private static String parameter(String name, @Nullable String value) {
    return value == null ? "" : name + "=" + SdkHttpUtils.urlEncode(value) + "&";
  }
}
