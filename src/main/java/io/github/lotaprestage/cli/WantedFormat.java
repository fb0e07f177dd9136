package io.github.lotaprestage.cli;

import io.github.lotaprestage.cli.options.EnvironmentDefaults;
import io.github.lotaprestage.cli.options.Options;
import io.github.lotaprestage.plan.OutputOptions;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/// The format that a command line asks for which cannot be parsed as a whole: messages about it are
/// in that format too.
final class WantedFormat {

  private WantedFormat() {}

  static boolean isJson(String[] arguments, Map<String, String> env) {
    Options options = new Options();
    CommandSpec spec = CommandSpec.create();
    options.sets().forEach(set -> set.addTo(spec));
    spec.parser().collectErrors(true);
    EnvironmentDefaults defaults = new EnvironmentDefaults(env);
    CommandLine lenient =
        new CommandLine(spec)
            .setExpandAtFiles(false)
            .setInterpolateVariables(false)
            .setAllowOptionsAsOptionParameters(true)
            .setUnmatchedArgumentsAllowed(true)
            .setDefaultValueProvider(argument -> validDefault(defaults, argument));
    try {
      lenient.parseArgs(arguments);
    } catch (CommandLine.PicocliException e) {
      return false;
    }
    return options.display().format.orNull() == OutputOptions.Format.JSON;
  }

  private static @Nullable String validDefault(EnvironmentDefaults defaults, ArgSpec argument) {
    try {
      return defaults.defaultValue(argument);
    } catch (Exception e) { // another option's variable
      return null;
    }
  }
}
