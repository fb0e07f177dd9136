package io.github.lotaprestage.s3.config;

import io.github.lotaprestage.plan.InputFile;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The profile that settings and credentials are read from.
///
/// Files: those that `AWS_CONFIG_FILE` and `AWS_SHARED_CREDENTIALS_FILE` name. If neither is set,
/// `~/.coreweave/cw.config` and `~/.coreweave/cw.credentials` (the names in the vendor's
/// documentation) are read before `~/.aws/config` and `~/.aws/credentials`. If the home directory
/// is not an absolute path, only files named by a variable are read.
///
/// Profile: the option, then `AWS_PROFILE`, then the first of `cw` and `default` that exists. If a
/// variable names the files, `default` is preferred to `cw`.
///
/// @param origin what chose the profile, for messages
/// @param chosen whether the command line names the profile
/// @param files that exist; the first that sets a property wins
/// @param missing files that were looked for and do not exist
public record AwsProfile(
    String name, String origin, boolean chosen, List<ConfigFile> files, List<Path> missing) {

  private static final String COREWEAVE = "cw";
  private static final String DEFAULT = "default";
  private static final String CREDENTIALS_FILE = "AWS_SHARED_CREDENTIALS_FILE";
  private static final String CONFIG_FILE = "AWS_CONFIG_FILE";

  /// A property, and the file that sets it.
  public record Setting(String value, Path file) {}

  /// @param env the environment, `HOME` included
  /// @throws ConfigurationException if a file exists and cannot be read, or if no file has the
  ///   profile that `option` names
  public static AwsProfile find(Optional<String> option, Map<String, String> env)
      throws ConfigurationException {
    boolean named = env.containsKey(CONFIG_FILE) || env.containsKey(CREDENTIALS_FILE);
    List<ConfigFile> files = new ArrayList<>();
    List<Path> missing = new ArrayList<>();
    for (Path path : paths(env, named)) {
      if (Files.exists(path)) {
        files.add(ConfigFile.read(path));
      } else {
        missing.add(path);
      }
    }
    AwsProfile profile = choose(option, env, named, List.copyOf(files), List.copyOf(missing));
    if (profile.chosen() && !profile.exists()) {
      throw new ConfigurationException(profile.absence());
    }
    return profile;
  }

  private static AwsProfile choose(
      Optional<String> option,
      Map<String, String> env,
      boolean named,
      List<ConfigFile> files,
      List<Path> missing) {
    if (option.isPresent()) {
      return new AwsProfile(option.get(), "--profile", true, files, missing);
    }
    String variable = env.get("AWS_PROFILE");
    if (variable != null) {
      return new AwsProfile(variable, "AWS_PROFILE", false, files, missing);
    }
    String first = named ? DEFAULT : COREWEAVE;
    String second = named ? COREWEAVE : DEFAULT;
    String name = has(files, first) ? first : has(files, second) ? second : DEFAULT;
    return new AwsProfile(name, "the default", false, files, missing);
  }

  /// The files in which profiles are looked for; empty if there is no valid name.
  public static List<InputFile> inputs(Map<String, String> env) {
    boolean named = env.containsKey(CONFIG_FILE) || env.containsKey(CREDENTIALS_FILE);
    try {
      return paths(env, named).stream()
          .map(path -> new InputFile("the configuration file", path))
          .toList();
    } catch (ConfigurationException e) {
      return List.of(); // reported when the store is opened
    }
  }

  private static List<Path> paths(Map<String, String> env, boolean named)
      throws ConfigurationException {
    Path home = home(env);
    List<Path> paths = new ArrayList<>();
    if (!named && home != null) {
      paths.add(home.resolve(".coreweave/cw.credentials"));
      paths.add(home.resolve(".coreweave/cw.config"));
    }
    add(paths, env, CREDENTIALS_FILE, home, ".aws/credentials");
    add(paths, env, CONFIG_FILE, home, ".aws/config");
    return paths;
  }

  private static void add(
      List<Path> paths, Map<String, String> env, String variable, @Nullable Path home, String usual)
      throws ConfigurationException {
    String value = env.get(variable);
    if (value != null) {
      paths.add(path(value, variable, env));
    } else if (home != null) {
      paths.add(home.resolve(usual));
    }
  }

  /// A file that the configuration names; `~/` is the home directory.
  ///
  /// @param origin what names it, for messages
  static Path path(String value, String origin, Map<String, String> env)
      throws ConfigurationException {
    Path home = home(env);
    try {
      if (!value.startsWith("~/")) {
        return Path.of(value);
      }
      if (home != null) {
        return home.resolve(value.substring("~/".length()));
      }
    } catch (InvalidPathException e) {
      throw new ConfigurationException(origin + " is not a file name: " + value);
    }
    throw new ConfigurationException(
        origin + " is " + value + ", but there is no home directory: set HOME to an absolute path");
  }

  /// Null if there is none. An empty or relative `HOME` counts as none, so that files below the
  /// current directory are never read.
  private static @Nullable Path home(Map<String, String> env) {
    String home = env.getOrDefault("HOME", System.getProperty("user.home", ""));
    try {
      Path path = Path.of(home);
      return path.isAbsolute() ? path : null;
    } catch (InvalidPathException e) {
      return null;
    }
  }

  private static boolean has(List<ConfigFile> files, String name) {
    return files.stream().anyMatch(file -> file.sections().containsKey(name));
  }

  public boolean exists() {
    return has(files, name);
  }

  Optional<String> property(String property) {
    return setting(property).map(Setting::value);
  }

  /// A property of the profile, unless it is empty.
  public Optional<Setting> setting(String property) {
    return of(name, property);
  }

  /// A property of any section, unless it is empty.
  Optional<Setting> of(String section, String property) {
    for (ConfigFile file : files) {
      String value = file.property(section, property).orElse("");
      if (!value.isEmpty()) {
        return Optional.of(new Setting(value, file.path()));
      }
    }
    return Optional.empty();
  }

  boolean hasSection(String section) {
    return has(files, section);
  }

  /// `profile 'cw' in /home/u/.coreweave/cw.config`.
  public String in(Path file) {
    return "profile '" + name + "' in " + file;
  }

  /// Which files were read, and which do not exist.
  public String sources() {
    String absent = names(missing.stream());
    return "files read: "
        + (files.isEmpty() ? "none" : names(files.stream().map(ConfigFile::path)))
        + (absent.isEmpty() ? "" : "; no such file: " + absent);
  }

  /// Says that there is no such profile, and where it was looked for.
  public String absence() {
    String read = names(files.stream().map(ConfigFile::path));
    String absent = names(missing.stream());
    return "profile '%s' (from %s) does not exist%s%s"
        .formatted(
            name,
            origin,
            read.isEmpty() ? "" : " in " + read,
            absent.isEmpty() ? "" : (read.isEmpty() ? ": " : "; ") + "no such file: " + absent);
  }

  /// Says that the profile has no credentials, and where that was read.
  public String holdsNone() {
    List<Path> read =
        files.stream()
            .filter(file -> file.sections().containsKey(name))
            .map(ConfigFile::path)
            .toList();
    return "profile '" + name + "' in " + names(read.stream()) + " has no credentials";
  }

  private static String names(Stream<Path> paths) {
    return paths.map(Path::toString).collect(Collectors.joining(", "));
  }
}
