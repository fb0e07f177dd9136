package io.github.lotaprestage.cli;

import io.github.lotaprestage.cli.options.Option;
import io.github.lotaprestage.cli.options.OptionSet;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/// The text of `--help`, most of which comes from the declarations of the options.
final class HelpText {

  static final String SUMMARY = "Stages objects into CoreWeave's LOTA cache before GPUs need them.";

  static final String ENVIRONMENT =
      "Every option can be set in the environment: LOTA_PRESTAGE_FILES_FROM sets --files-from.";

  static final String EXIT_CODES =
      """
      0    everything selected is in the cache
      1    some objects failed
      2    bad usage
      3    the run could not work: credentials, endpoint, bucket, listing or files
      4    nothing matched
      5    stopped at --max-duration with objects left
      129  ended by SIGHUP
      130  ended by SIGINT
      141  standard output was closed
      143  ended by SIGTERM
      """;

  static final String EXAMPLES =
      """
      lota-prestage s3://models/llama/weights.safetensors   one object
      lota-prestage s3://data/imagenet/                     all objects below a prefix
      lota-prestage 's3://data/imagenet/*.tar'              a wildcard
      lota-prestage -o json s3://data/imagenet/ | jq .      results for other tools
      lota-prestage -n s3://data/imagenet/                  what would be staged
      """;

  private HelpText() {}

  static void in(CommandLine commandLine, List<OptionSet> sets) {
    UsageMessageSpec usage = commandLine.getCommandSpec().usageMessage();
    usage
        .sortSynopsis(false)
        .abbreviateSynopsis(true)
        .width(100)
        .headerHeading("")
        .header(SUMMARY)
        .parameterListHeading("%n" + sets.getFirst().heading() + ":%n")
        .footerHeading("%n")
        .footer(
            (ENVIRONMENT
                    + "\n\nExit codes:\n"
                    + EXIT_CODES.indent(2)
                    + "\nExamples:\n"
                    + EXAMPLES.indent(2))
                .stripTrailing()
                .split("\n", -1));
    usage
        .sectionMap()
        .put(
            UsageMessageSpec.SECTION_KEY_OPTION_LIST,
            help ->
                sets.stream()
                    .map(set -> list(help, set))
                    .collect(Collectors.joining(System.lineSeparator())));
  }

  /// The parameters already stand below the heading of the first set.
  private static String list(Help help, OptionSet set) {
    List<OptionSpec> options =
        set.options().stream()
            .map(Option::spec)
            .filter(OptionSpec.class::isInstance)
            .map(OptionSpec.class::cast)
            .toList();
    boolean first = set.options().size() > options.size();
    return (first ? "" : set.heading() + ":" + System.lineSeparator())
        + help.optionListExcludingGroups(
            options, help.createDefaultLayout(), null, help.parameterLabelRenderer());
  }
}
