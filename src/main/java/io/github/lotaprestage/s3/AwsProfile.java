package io.github.lotaprestage.s3;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileFile;

/// The profile that settings and credentials are read from.
///
/// Files: those that `AWS_CONFIG_FILE` and `AWS_SHARED_CREDENTIALS_FILE` name; where neither is
/// set, `~/.coreweave/cw.config` and `~/.coreweave/cw.credentials` (where the vendor's pages keep
/// them) before `~/.aws/config` and `~/.aws/credentials`.
///
/// Profile: the option, `AWS_PROFILE`, else `cw` and `default`, in this order where the files were
/// found and in the other where they were named.
///
/// @param chosen whether the user asked for it on the command line
/// @param file all files, merged; the first that sets a property wins
record AwsProfile(String name, boolean chosen, ProfileFile file) {

  private static final String COREWEAVE = "cw";
  private static final String DEFAULT = "default";

  /// @param env the environment, `HOME` included
  /// @throws IllegalArgumentException if a file cannot be parsed
  static AwsProfile find(Optional<String> option, Map<String, String> env) {
    boolean named =
        env.containsKey("AWS_CONFIG_FILE") || env.containsKey("AWS_SHARED_CREDENTIALS_FILE");
    Path home = Path.of(env.getOrDefault("HOME", System.getProperty("user.home")));
    ProfileFile.Aggregator files = ProfileFile.aggregator();
    if (!named) {
      add(files, home.resolve(".coreweave/cw.credentials"), ProfileFile.Type.CREDENTIALS);
      add(files, home.resolve(".coreweave/cw.config"), ProfileFile.Type.CONFIGURATION);
    }
    add(
        files,
        path(env, "AWS_SHARED_CREDENTIALS_FILE", home.resolve(".aws/credentials")),
        ProfileFile.Type.CREDENTIALS);
    add(
        files,
        path(env, "AWS_CONFIG_FILE", home.resolve(".aws/config")),
        ProfileFile.Type.CONFIGURATION);
    ProfileFile file = files.build();
    List<String> guesses = named ? List.of(DEFAULT, COREWEAVE) : List.of(COREWEAVE, DEFAULT);
    String name =
        option
            .or(() -> Optional.ofNullable(env.get("AWS_PROFILE")).filter(text -> !text.isBlank()))
            .orElseGet(() ->
                guesses.stream()
                    .filter(guess -> file.profile(guess).isPresent())
                    .findFirst()
                    .orElse(DEFAULT));
    return new AwsProfile(name, option.isPresent(), file);
  }

  private static Path path(Map<String, String> env, String variable, Path fallback) {
    String value = env.getOrDefault(variable, "");
    if (value.isBlank()) {
      return fallback;
    }
    Path home = Path.of(env.getOrDefault("HOME", System.getProperty("user.home")));
    return value.startsWith("~/") ? home.resolve(value.substring(2)) : Path.of(value);
  }

  private static void add(ProfileFile.Aggregator files, Path path, ProfileFile.Type type) {
    if (Files.isRegularFile(path)) {
      files.addFile(ProfileFile.builder().content(path).type(type).build());
    }
  }

  boolean exists() {
    return file.profile(name).isPresent();
  }

  Optional<String> property(String property) {
    return file.profile(name).map(Profile::properties).map(all -> all.get(property));
  }
}
