package io.github.lotaprestage.plan;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The options about the store; other settings come from the environment and files.
///
/// @param endpointUrl `scheme://host[:port]`
/// @param pathStyle whether requests name the bucket in the path instead of the host name
/// @param caBundle a PEM file of the certificate authorities to trust
/// @param unsigned whether requests have no signature
public record StoreOptions(
    Optional<String> endpointUrl,
    Optional<String> region,
    Optional<String> profile,
    boolean pathStyle,
    Optional<String> caBundle,
    boolean unsigned) {
  public static Builder builder() {
    return new Builder();
  }

  /// Sets options by name. The others are not given.
  public static final class Builder {
    private @Nullable String endpointUrl;
    private @Nullable String region;
    private @Nullable String profile;
    private boolean pathStyle;
    private @Nullable String caBundle;
    private boolean unsigned;

    private Builder() {}

    public Builder endpointUrl(@Nullable String value) {
      endpointUrl = value;
      return this;
    }

    public Builder region(@Nullable String value) {
      region = value;
      return this;
    }

    public Builder profile(@Nullable String value) {
      profile = value;
      return this;
    }

    public Builder pathStyle(boolean value) {
      pathStyle = value;
      return this;
    }

    public Builder caBundle(@Nullable String value) {
      caBundle = value;
      return this;
    }

    public Builder unsigned(boolean value) {
      unsigned = value;
      return this;
    }

    public StoreOptions build() {
      return new StoreOptions(
          Optional.ofNullable(endpointUrl),
          Optional.ofNullable(region),
          Optional.ofNullable(profile),
          pathStyle,
          Optional.ofNullable(caBundle),
          unsigned);
    }
  }
}
