package io.github.lotaprestage.s3;

import io.github.lotaprestage.engine.ObjectRef;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.utils.http.SdkHttpUtils;

/// Builds the documented request, `HEAD` with `Range: bytes=0-0`, and signs it with the SDK's own
/// signer.
///
/// Source: CoreWeave's page on pre-staging objects into the LOTA cache.
final class HeadSigner {

  private static final String RANGE = "bytes=0-0";
  private static final String USER_AGENT = "lota-prestage";

  private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();
  private final Endpoint endpoint;
  private final Region region;
  private final boolean unsigned;

  /// @param unsigned whether requests carry no signature
  HeadSigner(Endpoint endpoint, Region region, boolean unsigned) {
    this.endpoint = endpoint;
    this.region = region;
    this.unsigned = unsigned;
  }

  SdkHttpRequest sign(ObjectRef object, AwsCredentials credentials) {
    SdkHttpRequest request = request(object);
    if (unsigned) {
      return request;
    }
    return signer
        .sign(sign ->
            sign.identity(credentials)
                .request(request)
                .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, "s3")
                .putProperty(AwsV4HttpSigner.REGION_NAME, region.id())
                .putProperty(AwsV4FamilyHttpSigner.DOUBLE_URL_ENCODE, false)
                .putProperty(AwsV4FamilyHttpSigner.NORMALIZE_PATH, false))
        .request();
  }

  private SdkHttpRequest request(ObjectRef object) {
    String key = SdkHttpUtils.urlEncodeIgnoreSlashes(object.key());
    String host = endpoint.url().getHost();
    return SdkHttpRequest.builder()
        .method(SdkHttpMethod.HEAD)
        .protocol(endpoint.url().getScheme())
        .host(endpoint.pathStyle() ? host : object.bucket() + "." + host)
        .port(endpoint.url().getPort() < 0 ? null : endpoint.url().getPort())
        .encodedPath(endpoint.pathStyle() ? "/" + object.bucket() + "/" + key : "/" + key)
        .putHeader("Range", RANGE)
        .putHeader("User-Agent", USER_AGENT)
        .build();
  }
}
