package io.github.lotaprestage.s3;

import io.github.lotaprestage.engine.RequestError;
import io.github.lotaprestage.engine.RequestError.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;

/// The AWS credential chain without instance metadata, which a CoreWeave node does not have and
/// whose address may hang.
final class Credentials {

  private Credentials() {}

  /// A `--profile` is all that is looked at when it is given, as with the AWS CLI.
  static AwsCredentialsProvider chain(
      boolean unsigned, AwsProfile profile, Map<String, String> env) {
    if (unsigned) {
      return AnonymousCredentialsProvider.create();
    }
    AwsCredentialsProvider fromProfile =
        ProfileCredentialsProvider.builder()
            .profileFile(profile.file())
            .profileName(profile.name())
            .build();
    if (profile.chosen()) {
      return fromProfile;
    }
    List<AwsCredentialsProvider> chain = new ArrayList<>();
    chain.add(SystemPropertyCredentialsProvider.create());
    environment(env).ifPresent(chain::add);
    chain.add(fromProfile);
    chain.add(ContainerCredentialsProvider.create());
    return AwsCredentialsProviderChain.builder().credentialsProviders(chain).build();
  }

  private static Optional<AwsCredentialsProvider> environment(Map<String, String> env) {
    String accessKey = env.getOrDefault("AWS_ACCESS_KEY_ID", "").strip();
    String secretKey = env.getOrDefault("AWS_SECRET_ACCESS_KEY", "").strip();
    String token = env.getOrDefault("AWS_SESSION_TOKEN", "").strip();
    if (accessKey.isEmpty() || secretKey.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        StaticCredentialsProvider.create(
            token.isEmpty()
                ? AwsBasicCredentials.create(accessKey, secretKey)
                : AwsSessionCredentials.create(accessKey, secretKey, token)));
  }

  /// Makes sure that there are some, before anything is sent.
  ///
  /// @throws StoreUnusableException if there are none
  static void require(AwsCredentialsProvider provider, AwsProfile profile, Map<String, String> env)
      throws StoreUnusableException {
    try {
      provider.resolveCredentials();
    } catch (SdkClientException e) {
      throw new StoreUnusableException(
          RequestError.local(
              Kind.NO_CREDENTIALS,
              "NoCredentials",
              "no usable credentials in " + lookedAt(profile, env)),
          e);
    }
  }

  private static String lookedAt(AwsProfile profile, Map<String, String> env) {
    String process =
        profile.property("credential_process").isPresent() ? ": its credential_process failed" : "";
    if (profile.chosen()) {
      return "profile '%s'%s%s"
          .formatted(profile.name(), profile.exists() ? "" : ", which does not exist", process);
    }
    String container =
        env.containsKey("AWS_CONTAINER_CREDENTIALS_FULL_URI")
                || env.containsKey("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI")
            ? ": the container endpoint gave none"
            : "";
    return "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, profile '%s' (~/.coreweave, ~/.aws)%s, container credentials%s"
        .formatted(profile.name(), process, container);
  }
}
