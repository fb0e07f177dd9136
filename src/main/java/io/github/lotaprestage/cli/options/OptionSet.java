package io.github.lotaprestage.cli.options;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// Options that the help shows under one heading. They are declared in code, because picocli needs
/// a tenth of a second of every start to read annotations.
public abstract class OptionSet {

  private final String heading;
  private final List<Option<?>> options = new ArrayList<>();

  OptionSet(String heading) {
    this.heading = heading;
  }

  /// An option that takes a value, which has to be declared next.
  public final Option<?> option(String... names) {
    return add(new Option<>(Option.Use.RUN, names));
  }

  /// The arguments that are not options.
  public final Option<?> parameters() {
    return option();
  }

  /// An option without a value.
  public final Option<Boolean> flag(String... names) {
    return add(new Option<>(Option.Use.RUN, names));
  }

  /// A flag that may be repeated; its value has a `true` for each time.
  public final Option<List<Boolean>> repeatedFlag(String... names) {
    return add(new Option<List<Boolean>>(Option.Use.RUN, names).repeatable());
  }

  /// A flag that shows something instead of running.
  public final Option<Boolean> flag(Option.Use use, String... names) {
    return add(new Option<>(use, names));
  }

  private <T> Option<T> add(Option<T> option) {
    options.add(option);
    return option;
  }

  public static boolean isFlag(OptionSpec option) {
    return option.arity().max() == 0;
  }

  public final String heading() {
    return heading;
  }

  /// In the order of their declaration.
  public final List<Option<?>> options() {
    return options;
  }

  public final void addTo(CommandSpec command) {
    options.forEach(option -> command.add(option.spec()));
  }
}
