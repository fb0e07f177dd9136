package io.github.lotaprestage.s3.get;

import io.github.lotaprestage.s3.config.Endpoint;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.defaultsmode.DefaultsMode;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/// Configures the SDK's client, which reads manifests and the marker files of checkpoints.
public final class SdkClient {

  private SdkClient() {}

  /// A client whose settings are all given here: it looks up nothing in the environment or in
  /// files, and sends no request twice.
  ///
  /// @param http how requests are sent
  public static S3Client create(
      Endpoint endpoint, Region region, AwsCredentialsProvider credentials, SdkHttpClient http) {
    return S3Client.builder()
        .endpointOverride(new HostOverride(endpoint).standIn())
        .serviceConfiguration(s3 -> s3.useArnRegionEnabled(false).multiRegionEnabled(false))
        .fipsEnabled(false) // from here on: nothing is looked up in the environment or in files
        .dualstackEnabled(false)
        .defaultsMode(DefaultsMode.LEGACY)
        .forcePathStyle(endpoint.pathStyle())
        .disableS3ExpressSessionAuth(true)
        .region(region)
        .credentialsProvider(credentials)
        .httpClient(http)
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
        .overrideConfiguration(override ->
            override
                .defaultProfileFile(ProfileFile.aggregator().build())
                .addExecutionInterceptor(new HostOverride(endpoint))
                .retryStrategy(AwsRetryStrategy.doNotRetry()) // Retrying is the only owner
                .putAdvancedOption(SdkAdvancedClientOption.USER_AGENT_PREFIX, "lota-prestage"))
        .build();
  }
}
