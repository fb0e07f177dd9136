package io.github.lotaprestage.s3.config;

import io.github.lotaprestage.plan.StoreOptions;
import io.github.lotaprestage.plan.UsageException;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.regions.Region;

/// The region that requests are signed for. It is never looked up.
///
/// @param origin the option, variable or profile that named it, for messages
public record SigningRegion(Region region, String origin) {

  private static final String DEFAULT = "us-east-1";

  /// The option, then the environment, then the profile, then `us-east-1`.
  ///
  /// @throws UsageException if the option is not a valid name
  /// @throws ConfigurationException if the environment or the profile names an invalid region
  public static SigningRegion resolve(
      StoreOptions options, Map<String, String> env, AwsProfile profile)
      throws UsageException, ConfigurationException {
    if (options.region().isPresent()) {
      String name = options.region().get();
      if (!isName(name)) {
        throw new UsageException("--region " + invalid(name));
      }
      return new SigningRegion(Region.of(name), "--region");
    }
    for (String variable : new String[] {"AWS_REGION", "AWS_DEFAULT_REGION"}) {
      if (env.containsKey(variable)) {
        return configured(env.getOrDefault(variable, ""), variable);
      }
    }
    Optional<AwsProfile.Setting> setting = profile.setting("region");
    return setting.isPresent()
        ? configured(setting.get().value(), profile.in(setting.get().file()))
        : new SigningRegion(Region.of(DEFAULT), "the default");
  }

  private static SigningRegion configured(String name, String origin)
      throws ConfigurationException {
    if (!isName(name)) {
      throw new ConfigurationException(origin + ": region " + invalid(name));
    }
    return new SigningRegion(Region.of(name), origin);
  }

  private static String invalid(String name) {
    return "'" + name + "' is not a valid name: letters, digits, '-' and '_' are allowed";
  }

  /// Whether a region may have this name.
  public static boolean isName(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c != '-' && c != '_' && !(c < 128 && Character.isLetterOrDigit(c))) {
        return false;
      }
    }
    return !name.isEmpty();
  }
}
