package io.github.lotaprestage.cli;

import picocli.CommandLine.Model.OptionSpec;

/// Where the objects are.
final class ConnectionOptions extends OptionGroup {

  final Value<String> endpointUrl =
      option(
          String.class,
          OptionSpec.builder("--endpoint-url")
              .paramLabel("URL")
              .description(
                  "Where requests go; else AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL,",
                  "the profile's services section or endpoint_url, http://cwlota.com."));

  final Value<String> region =
      option(
          String.class,
          OptionSpec.builder("--region")
              .paramLabel("REGION")
              .description(
                  "Region to sign for; else the environment's or the profile's, us-east-1."));

  final Value<String> profile =
      option(
          String.class,
          OptionSpec.builder("--profile")
              .paramLabel("NAME")
              .description(
                  "Profile for credentials, region and endpoint; else AWS_PROFILE, cw, default."));

  final Value<Boolean> pathStyle =
      flag(
          OptionSpec.builder("--path-style")
              .description(
                  "Put the bucket into the path, as s3.addressing_style = path in the profile does.",
                  "LOTA refuses that; other stores may need it."));

  final Value<String> caBundle =
      option(
          String.class,
          OptionSpec.builder("--ca-bundle")
              .paramLabel("FILE")
              .description(
                  "Trust the certificate authorities in this PEM file instead of the default ones;",
                  "else AWS_CA_BUNDLE, the profile's ca_bundle."));

  final Value<Boolean> noSignRequest =
      flag(OptionSpec.builder("--no-sign-request").description("Send no credentials."));
}
