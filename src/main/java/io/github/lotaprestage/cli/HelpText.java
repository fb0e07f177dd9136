package io.github.lotaprestage.cli;

import picocli.CommandLine.Model.UsageMessageSpec;

/// What `--help` says around the options.
final class HelpText {

  private static final String HEADER =
      "Stages objects into CoreWeave's LOTA cache before GPUs need them.";

  private static final String FOOTER =
      """
      Every option can be set in the environment: LOTA_PRESTAGE_FILES_FROM sets --files-from.

      Exit codes: 0 all staged, 1 some objects failed, 2 bad usage, 3 could not run,
      4 nothing matched, 5 stopped at --max-duration, 129/130/143 ended by SIGHUP/SIGINT/
      SIGTERM, 141 standard output was closed.

      Examples:
        lota-prestage s3://models/llama/weights.safetensors   one object
        lota-prestage s3://data/imagenet/                     all below a prefix
        lota-prestage 's3://data/imagenet/*.tar'              a wildcard
        lota-prestage -o json s3://data/imagenet/ | jq .      results for other tools
        lota-prestage -n s3://data/imagenet/                  what would be staged\
      """;

  private HelpText() {}

  static void in(UsageMessageSpec usage) {
    usage
        .sortOptions(false)
        .sortSynopsis(false)
        .abbreviateSynopsis(true)
        .width(100)
        .headerHeading("")
        .header(HEADER)
        .parameterListHeading("%nWhat to stage:%n")
        .optionListHeading("%nOptions:%n")
        .footerHeading("%n")
        .footer(FOOTER.split("\n", -1));
  }
}
