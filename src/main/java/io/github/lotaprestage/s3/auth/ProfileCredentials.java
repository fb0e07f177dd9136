package io.github.lotaprestage.s3.auth;

import io.github.lotaprestage.s3.config.AwsProfile;
import io.github.lotaprestage.s3.config.ConfigFile;
import java.util.List;
import java.util.Optional;

/// The credentials of a profile: a pair of keys or a `credential_process`. Settings that need AWS
/// STS or AWS single sign-on are rejected by name.
final class ProfileCredentials {

  private static final String ACCESS_KEY = "aws_access_key_id";
  private static final String SECRET_KEY = "aws_secret_access_key";
  private static final String TOKEN = "aws_session_token";

  private static final List<String> SIGN_ON =
      List.of(
          "web_identity_token_file",
          "sso_session",
          "sso_start_url",
          "sso_account_id",
          "login_session",
          "credential_source",
          "source_profile");

  private ProfileCredentials() {}

  /// Empty if the profile has no setting for credentials. A role is checked first, because the keys
  /// beside it do not belong to it; then keys, then a process, then unsupported settings.
  static Optional<CredentialSource> of(AwsProfile profile) {
    return refused(profile, "role_arn")
        .or(() -> keys(profile))
        .or(() ->
            profile
                .setting("credential_process")
                .map(
                    process -> new ProcessCredentials(profile.in(process.file()), process.value())))
        .or(() ->
            SIGN_ON.stream()
                .map(name -> refused(profile, name))
                .flatMap(Optional::stream)
                .findFirst());
  }

  /// Takes all parts from the first file that has one of them, because the token of another file
  /// belongs to other keys.
  private static Optional<CredentialSource> keys(AwsProfile profile) {
    for (ConfigFile file : profile.files()) {
      Optional<String> accessKey = file.property(profile.name(), ACCESS_KEY);
      Optional<String> secretKey = file.property(profile.name(), SECRET_KEY);
      Optional<String> token = file.property(profile.name(), TOKEN);
      if (accessKey.isPresent() || secretKey.isPresent() || token.isPresent()) {
        String name = profile.in(file.path());
        return Optional.of(
            new FileKeys(name, accessKey.orElse(""), secretKey.orElse(""), token.orElse("")));
      }
    }
    return Optional.empty();
  }

  private record FileKeys(String name, String accessKey, String secretKey, String token)
      implements CredentialSource {
    @Override
    public IssuedCredentials load() throws CredentialsException {
      require(ACCESS_KEY, accessKey);
      require(SECRET_KEY, secretKey);
      return IssuedCredentials.keys(name, accessKey, secretKey, token);
    }

    private void require(String property, String value) throws CredentialsException {
      if (value.isEmpty()) {
        throw new CredentialsException(name + ": " + property + " is missing or empty");
      }
    }
  }

  private static Optional<CredentialSource> refused(AwsProfile profile, String property) {
    return profile
        .setting(property)
        .map(setting -> unsupported(profile.in(setting.file()), property));
  }

  /// @param property the unsupported setting
  static CredentialSource unsupported(String name, String property) {
    return CredentialSource.unusable(
        name,
        property
            + " is not supported; use keys, container credentials, or a profile with"
            + " credential_process = aws configure export-credentials --format process"
            + " --profile NAME");
  }
}
