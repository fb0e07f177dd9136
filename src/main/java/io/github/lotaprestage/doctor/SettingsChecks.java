package io.github.lotaprestage.doctor;

import io.github.lotaprestage.object.UnusableException;
import io.github.lotaprestage.plan.UsageException;
import io.github.lotaprestage.report.Finding;
import io.github.lotaprestage.s3.probe.SetUp;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Checks of the settings: nothing is sent.
final class SettingsChecks {

  static final String CONFIGURATION = "configuration";
  static final String ENDPOINT = "endpoint";
  static final String ADDRESSING = "addressing";
  static final String REGION = "region";
  static final String AUTHORITIES = "authorities";

  private final SetUp setUp;
  private final Map<String, String> env;
  private final Runnable onProfile;

  /// @param onProfile called as soon as the profile is known
  SettingsChecks(SetUp setUp, Map<String, String> env, Runnable onProfile) {
    this.setUp = setUp;
    this.env = env;
    this.onProfile = onProfile;
  }

  List<Check> all() {
    return List.of(
        Check.configuration(CONFIGURATION, _ -> configuration()),
        Check.configuration(ENDPOINT, _ -> endpoint(), CONFIGURATION),
        Check.configuration(ADDRESSING, _ -> addressing(), ENDPOINT),
        Check.configuration(REGION, _ -> Verdict.ok(setUp.region()), CONFIGURATION),
        Check.configuration(AUTHORITIES, _ -> Verdict.ok(setUp.authorities()), ENDPOINT),
        Check.configuration("proxy", _ -> proxy()));
  }

  private Verdict configuration() throws UnusableException, UsageException {
    String found = setUp.profile();
    onProfile.run();
    Optional<String> missing = setUp.missingProfile();
    if (missing.isPresent()) {
      return Verdict.warn(missing.get(), "correct AWS_PROFILE, or add the profile to a file");
    }
    List<String> files = setUp.missingFiles();
    return files.isEmpty()
        ? Verdict.ok(found)
        : Verdict.warn(
            found + "; " + String.join(" and ", files) + " does not exist",
            "correct the variable, or remove it");
  }

  private Verdict endpoint() throws UnusableException, UsageException {
    String found = setUp.endpoint();
    if (setUp.isLota()) {
      return Verdict.ok(found + ": LOTA");
    }
    return setUp.isPrimary()
        ? Verdict.warn(
            found + ": the primary endpoint, which fills no cache",
            "use it for --dry-run only; a run without it is refused")
        : Verdict.warn(
            found + ": not LOTA, by its name",
            "to fill LOTA's cache, use http://cwlota.com; any other endpoint must be a cache itself");
  }

  private Verdict addressing() throws UnusableException, UsageException {
    return Verdict.ok(setUp.addressing());
  }

  /// Proxies are ignored: requests would leave the node.
  private Verdict proxy() {
    List<String> set =
        Stream.of(
                "HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy")
            .filter(name -> !env.getOrDefault(name, "").isEmpty())
            .toList();
    return set.isEmpty()
        ? Verdict.ok("no proxy variable is set")
        : new Verdict(
            Finding.Status.WARN,
            "%s: set, but this program ignores proxies and connects directly"
                .formatted(String.join(", ", set)),
            "make sure that the endpoint can be reached without a proxy");
  }
}
