package io.github.lotaprestage.cli;

import picocli.CommandLine.Model.OptionSpec;

/// Where the objects are.
final class ConnectionOptions extends OptionSet {

  final Value<String> endpointUrl =
      option(
          String.class,
          OptionSpec.builder("--endpoint-url")
              .paramLabel("URL")
              .description(
                  "Where to send requests. Default: AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL,"
                      + " the profile's services section or endpoint_url, then"
                      + " http://cwlota.com."));

  final Value<String> region =
      option(
          String.class,
          OptionSpec.builder("--region")
              .paramLabel("REGION")
              .description(
                  "Region to sign requests for. Default: AWS_REGION, the profile's, then"
                      + " us-east-1."));

  final Value<String> profile =
      option(
          String.class,
          OptionSpec.builder("--profile")
              .paramLabel("NAME")
              .description(
                  "Profile for credentials, region and endpoint. Default: AWS_PROFILE, then"
                      + " cw or default."));

  final Value<Boolean> pathStyle =
      flag(
          OptionSpec.builder("--path-style")
              .description(
                  "Put the bucket into the path, like s3.addressing_style = path in the"
                      + " profile. LOTA rejects this; other stores may need it."));

  final Value<String> caBundle =
      option(
          String.class,
          OptionSpec.builder("--ca-bundle")
              .paramLabel("FILE")
              .description(
                  "Trust the certificate authorities in this PEM file instead of the"
                      + " built-in ones. Default: AWS_CA_BUNDLE, then the profile's ca_bundle."));

  final Value<Boolean> noSignRequest =
      flag(
          OptionSpec.builder("--no-sign-request")
              .description("Send requests without credentials."));
}
