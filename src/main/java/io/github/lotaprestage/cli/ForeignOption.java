package io.github.lotaprestage.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What options of similar programs (s5cmd, rclone, the AWS CLI, gsutil, kubectl) are called here.
final class ForeignOption {

  private static final String ALL_BELOW =
      "s3://BUCKET/PREFIX/ stages everything below the prefix anyway";

  private static final Map<String, String> ADVICE =
      Map.ofEntries(
          Map.entry("--workers", "use --concurrency"),
          Map.entry("--transfers", "use --concurrency"),
          Map.entry("--checkers", "use --list-concurrency"),
          Map.entry("--threads", "use --concurrency"),
          Map.entry("--parallel", "use --concurrency"),
          Map.entry("--parallelism", "use --concurrency"),
          Map.entry("--jobs", "use --concurrency"),
          Map.entry("-j", "use --concurrency"),
          Map.entry("--max-concurrent-requests", "use --concurrency"),
          Map.entry("--retries", "use --max-attempts"),
          Map.entry("--retry-count", "use --max-attempts"),
          Map.entry("--max-retries", "use --max-attempts"),
          Map.entry("--tpslimit", "use --rate"),
          Map.entry("--timeout", "use --attempt-timeout for a request, or --max-duration for all"),
          Map.entry("--cli-read-timeout", "use --attempt-timeout"),
          Map.entry("--recursive", ALL_BELOW),
          Map.entry("-r", ALL_BELOW),
          Map.entry("-R", ALL_BELOW),
          Map.entry("--max-age", "use --newer-than"),
          Map.entry("--min-age", "use --older-than"),
          Map.entry("--include-from", "use --files-from for keys, or --include for each pattern"),
          Map.entry("--json", "use '--output json'"),
          Map.entry("--debug", "use '--log-level debug'"),
          Map.entry("--silent", "use --quiet"),
          Map.entry("--no-progress", "use '--progress never'"),
          Map.entry("--no-verify-ssl", "use --ca-bundle to trust another certificate authority"),
          Map.entry("--no-check-certificate", "use --ca-bundle to trust another authority"),
          Map.entry("--anonymous", "use --no-sign-request"),
          Map.entry("--force-path-style", "use --path-style"),
          Map.entry("--config", "use --profile, or set AWS_CONFIG_FILE"),
          Map.entry("--resume", "use --journal"),
          Map.entry("--checkpoint", "use --latest"));

  private ForeignOption() {}

  /// What to write instead; null if the option is not known.
  static @Nullable String advice(String option) {
    return ADVICE.get(option);
  }
}
