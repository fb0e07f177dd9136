package io.github.lotaprestage.cli;

import io.github.lotaprestage.cli.options.Option;
import io.github.lotaprestage.cli.options.OptionSet;
import io.github.lotaprestage.cli.options.Options;
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
      5    stopped at a limit that you set, with objects left
      129  ended by SIGHUP
      130  ended by SIGINT
      141  nobody reads standard output any more
      143  ended by SIGTERM
      """;

  static final String EXAMPLES =
      """
      lota-prestage s3://models/llama/weights.gguf      one object
      lota-prestage s3://data/imagenet/                 all objects below a prefix
      lota-prestage 's3://data/imagenet/*.tar'          a wildcard
      lota-prestage --latest 1 s3://ckpt/run-17/        the newest checkpoint
      lota-prestage -n s3://data/imagenet/              what would be staged
      lota-prestage -o json s3://data/imagenet/ | jq .  results for other tools
      """;

  /// For a first run without arguments.
  static final String FIRST_STEPS =
      """
      Usage: lota-prestage [OPTIONS] [TARGET...]

        lota-prestage s3://data/imagenet/              stage all objects below a prefix
        lota-prestage -n s3://data/imagenet/           show what would be staged
        lota-prestage --latest 1 s3://ckpt/run-17/     stage the newest complete checkpoint
      """;

  static final String DOCUMENTATION =
      "Documentation: 'man lota-prestage', and docs/README.md beside the program.";

  private static final String BRIEF_END =
      "Use --help for all options, the exit codes and the environment.\n";

  private HelpText() {}

  /// Lets the command print this help.
  ///
  /// @param brief only the options that are needed most
  /// @param width of the terminal, in columns
  static void in(CommandLine commandLine, Options options, boolean brief, int width) {
    UsageMessageSpec usage = commandLine.getCommandSpec().usageMessage();
    usage
        .sortSynopsis(false)
        .abbreviateSynopsis(true)
        .width(width)
        .headerHeading("")
        .header(SUMMARY)
        .descriptionHeading("%nExamples:%n")
        .description(EXAMPLES.indent(2).stripTrailing().split("\n", -1))
        .parameterListHeading("%n" + options.targets().heading() + ":%n")
        .footerHeading("%n")
        .footer((brief ? BRIEF_END : end()).stripTrailing().split("\n", -1));
    usage
        .sectionMap()
        .put(
            UsageMessageSpec.SECTION_KEY_OPTION_LIST,
            help ->
                brief
                    ? System.lineSeparator()
                        + "Most used options:"
                        + System.lineSeparator()
                        + list(help, options.mostUsed())
                    : sections(help, options.sets()));
  }

  private static String end() {
    return ENVIRONMENT + "\n\nExit codes:\n" + EXIT_CODES.indent(2) + "\n" + DOCUMENTATION;
  }

  private static String sections(Help help, List<OptionSet> sets) {
    return sets.stream()
        .map(set -> heading(set, sets) + list(help, set.options()))
        .collect(Collectors.joining(System.lineSeparator()));
  }

  /// The parameters already stand below the heading of the first set.
  private static String heading(OptionSet set, List<OptionSet> sets) {
    return set.equals(sets.getFirst()) ? "" : set.heading() + ":" + System.lineSeparator();
  }

  private static String list(Help help, List<Option<?>> options) {
    List<OptionSpec> specs =
        options.stream()
            .map(Option::spec)
            .filter(OptionSpec.class::isInstance)
            .map(OptionSpec.class::cast)
            .toList();
    return help.optionListExcludingGroups(
        specs, help.createDefaultLayout(), null, help.parameterLabelRenderer());
  }
}
