package io.github.lotaprestage.s3.config;

import java.util.Locale;
import java.util.Optional;

/// How requests name their bucket: in the host name, or in the path.
///
/// @param origin the setting that decided it, for messages
public record Addressing(boolean pathStyle, String origin) {

  private static final String STYLE = "s3.addressing_style";

  /// Chooses path style if the host is an IP address, because a bucket name cannot precede one.
  /// Otherwise the option decides, then the profile's `s3.addressing_style`; its values `virtual`
  /// and `auto` mean the default.
  ///
  /// @throws ConfigurationException if the profile asks for another style
  static Addressing resolve(boolean option, String host, AwsProfile profile)
      throws ConfigurationException {
    Optional<AwsProfile.Setting> style = profile.setting(STYLE);
    boolean fromProfile = style.isPresent() && isPath(style.get(), profile);
    if (option) {
      return new Addressing(true, "--path-style");
    }
    if (isIpAddress(host)) {
      return new Addressing(true, "the endpoint, which is an IP address");
    }
    return style
        .map(setting -> new Addressing(fromProfile, profile.in(setting.file())))
        .orElse(new Addressing(false, "the default"));
  }

  private static boolean isPath(AwsProfile.Setting style, AwsProfile profile)
      throws ConfigurationException {
    return switch (style.value().toLowerCase(Locale.ROOT)) {
      case "path" -> true;
      case "virtual", "auto" -> false;
      default ->
          throw new ConfigurationException(
              "%s: %s must be path, virtual or auto, not %s"
                  .formatted(profile.in(style.file()), STYLE, style.value()));
    };
  }

  private static boolean isIpAddress(String host) {
    return host.startsWith("[") || host.matches("\\d+(\\.\\d+){3}");
  }
}
