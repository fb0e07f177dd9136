package io.github.lotaprestage.s3.auth;

import io.github.lotaprestage.plan.InputFile;
import io.github.lotaprestage.s3.config.AwsProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;

/// The AWS credential chain without instance metadata, whose address may hang on a node that is not
/// on EC2, and without AWS STS.
///
/// @param source names their source, for messages
public record Credentials(IssuedCredentials issued, String source) {

  private static final Logger log = LoggerFactory.getLogger(Credentials.class);

  /// For requests without a signature.
  public static final Credentials NONE =
      new Credentials(
          new IssuedCredentials(AnonymousCredentialsProvider.create().resolveCredentials(), null),
          "none, requests are not signed");

  private static final String ACCESS_KEY = "AWS_ACCESS_KEY_ID";
  private static final String SECRET_KEY = "AWS_SECRET_ACCESS_KEY";
  private static final String IN_PROFILE =
      "add a key pair or credential_process to that profile, or leave out --profile";
  private static final String WEB_IDENTITY = "AWS_WEB_IDENTITY_TOKEN_FILE";

  /// The files that are read besides the profiles.
  public static List<InputFile> inputs(Map<String, String> env) {
    return ContainerCredentials.inputs(env);
  }

  /// Tries one source after another. `--profile` makes the profile the only source, as in the AWS
  /// CLI.
  ///
  /// @throws CredentialsException if no source has credentials; the message gives the reason for
  ///   each source that is configured
  public static Credentials load(AwsProfile profile, Map<String, String> env)
      throws CredentialsException, InterruptedException {
    List<String> problems = new ArrayList<>();
    String advice = null;
    for (CredentialSource source : sources(profile, env)) {
      try {
        Credentials found = new Credentials(load(source), source.name());
        problems.forEach(problem -> log.warn("{}; using {}", problem, found.source()));
        return found;
      } catch (CredentialsException e) {
        problems.add(e.getMessage());
        advice = advice == null ? source.advice() : advice;
      }
    }
    throw new CredentialsException(
        "no usable credentials: "
            + (problems.isEmpty() ? lookedAt(profile, env) : String.join("; ", problems)),
        advice == null && profile.chosen() ? IN_PROFILE : advice);
  }

  /// A source that may take long, and what to do if it does.
  public record Slow(String name, String advice) {}

  /// The source that [#load] may have to wait for.
  public static Optional<Slow> slow(AwsProfile profile, Map<String, String> env) {
    return sources(profile, env).stream()
        .filter(CredentialSource::isSlow)
        .findFirst()
        .map(source -> new Slow(source.name(), Objects.requireNonNull(source.advice())));
  }

  private static IssuedCredentials load(CredentialSource source)
      throws CredentialsException, InterruptedException {
    try {
      return source.load();
    } catch (RuntimeException e) { // libraries may throw anything, and may quote a secret
      throw new CredentialsException(
          source.name() + ": cannot be used (" + e.getClass().getSimpleName() + ")");
    }
  }

  private static List<CredentialSource> sources(AwsProfile profile, Map<String, String> env) {
    List<CredentialSource> sources = new ArrayList<>();
    if (!profile.chosen()) {
      systemProperties().ifPresent(sources::add);
      environment(env).ifPresent(sources::add);
      if (env.containsKey(WEB_IDENTITY)) {
        sources.add(ProfileCredentials.unsupported(WEB_IDENTITY, "web identity"));
      }
    }
    ProfileCredentials.of(profile).ifPresent(sources::add);
    if (!profile.chosen()) {
      ContainerCredentials.of(env).ifPresent(sources::add);
    }
    return sources;
  }

  private static Optional<CredentialSource> systemProperties() {
    return keys(
        "Java system property ",
        List.of("aws.accessKeyId", "aws.secretAccessKey", "aws.sessionToken"),
        name -> System.getProperty(name, ""));
  }

  private static Optional<CredentialSource> environment(Map<String, String> env) {
    return keys(
        "",
        List.of(ACCESS_KEY, SECRET_KEY, "AWS_SESSION_TOKEN"),
        name -> env.getOrDefault(name, ""));
  }

  /// @param names of the access key, the secret key and the token
  private static Optional<CredentialSource> keys(
      String prefix, List<String> names, UnaryOperator<String> lookup) {
    List<String> values = names.stream().map(lookup).map(String::strip).toList();
    return values.get(0).isEmpty() || values.get(1).isEmpty()
        ? Optional.empty()
        : Optional.of(new Keys(names.stream().map(prefix::concat).toList(), values));
  }

  private record Keys(List<String> names, List<String> values) implements CredentialSource {
    @Override
    public String name() {
      return names.getFirst();
    }

    @Override
    public IssuedCredentials load() throws CredentialsException {
      for (int i = 0; i < values.size(); i++) {
        if (!values.get(i).isEmpty()) { // a token may be missing
          IssuedCredentials.requireUsable(names.get(i), values.get(i));
        }
      }
      return IssuedCredentials.keys(name(), values.get(0), values.get(1), values.get(2));
    }
  }

  private static String lookedAt(AwsProfile profile, Map<String, String> env) {
    String inProfile = profile.exists() ? profile.holdsNone() : profile.absence();
    if (profile.chosen()) {
      return inProfile;
    }
    String inEnvironment =
        env.containsKey(SECRET_KEY)
            ? ACCESS_KEY + " is not set"
            : env.containsKey(ACCESS_KEY)
                ? ACCESS_KEY + " is set, but " + SECRET_KEY + " is not"
                : ACCESS_KEY + " and " + SECRET_KEY + " are not set";
    return inEnvironment + "; " + inProfile + "; no container credentials endpoint is set";
  }
}
