package io.github.lotaprestage.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where the objects are.
final class ConnectionOptions {

  @Option(
      names = "--endpoint-url",
      paramLabel = "URL",
      description = {
        "Where requests go; else AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL,",
        "the profile's endpoint_url, http://cwlota.com."
      })
  @Nullable String endpointUrl;

  @Option(
      names = "--region",
      paramLabel = "REGION",
      description = "Region to sign for; else the environment's or the profile's, us-east-1.")
  @Nullable String region;

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description = "Profile for credentials, region and endpoint; else AWS_PROFILE, cw, default.")
  @Nullable String profile;

  @Option(
      names = "--path-style",
      description = "Put the bucket into the path. LOTA refuses that; other stores may need it.")
  boolean pathStyle;

  @Option(names = "--no-sign-request", description = "Send no credentials.")
  boolean noSignRequest;
}
