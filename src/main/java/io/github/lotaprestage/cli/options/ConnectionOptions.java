package io.github.lotaprestage.cli.options;

import io.github.lotaprestage.cli.values.Values.Text;

/// Where the objects are.
public final class ConnectionOptions extends OptionSet {

  ConnectionOptions() {
    super("Connection");
  }

  public final Option<String> endpointUrl =
      option("--endpoint-url")
          .value("URL", Text.NAME)
          .describeDefault(
              "AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL, the profile's services section or"
                  + " endpoint_url, then http://cwlota.com")
          .text("Where to send requests.")
          .details(
              "It is written scheme://host[:port]. The primary endpoint https://cwobject.com fills"
                  + " no cache, so it is refused except for --dry-run.");

  public final Option<String> region =
      option("--region")
          .value("REGION", Text.NAME)
          .describeDefault("AWS_REGION, AWS_DEFAULT_REGION, the profile's region, then us-east-1")
          .text("Region to sign requests for.")
          .details("The region is never looked up.");

  public final Option<String> profile =
      option("--profile")
          .value("NAME", Text.NAME)
          .describeDefault("AWS_PROFILE, then 'cw' or 'default'")
          .text("Profile for credentials, region and endpoint.")
          .details(
              "The profile must exist, and credentials come from it only, not from the"
                  + " environment.");

  public final Option<Boolean> pathStyle =
      flag("--path-style")
          .text(
              "Put the bucket into the path, like 's3.addressing_style = path' in the profile. LOTA"
                  + " rejects this; other stores may need it.");

  public final Option<String> caBundle =
      option("--ca-bundle")
          .value("FILE", Text.NAME)
          .describeDefault("AWS_CA_BUNDLE, then the profile's ca_bundle")
          .text("Trust the certificate authorities in this PEM file instead of the built-in ones.");

  public final Option<Boolean> noSignRequest =
      flag("--no-sign-request").text("Send requests without credentials.");

  public final Option<Boolean> doctor =
      flag("--doctor")
          .text("Check what a run needs, say how to repair it, and stage nothing.")
          .details(
              "Each check prints a line: configuration, endpoint, limits of this machine, network,"
                  + " clock, credentials, a LIST for each TARGET (at most eight) and one HEAD without"
                  + " Range. Takes at most 15 seconds. Exit 0 if no check failed, 2 if the"
                  + " configuration is bad, 3 if a run cannot work for another reason. Options that"
                  + " only matter to a run have no effect.");
}
