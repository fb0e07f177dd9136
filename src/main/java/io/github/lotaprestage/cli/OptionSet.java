package io.github.lotaprestage.cli;

import io.github.lotaprestage.cli.values.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// A part of the command line. It is declared in code, since to read annotations takes picocli a
/// tenth of a second of every start.
abstract class OptionSet {

  /// What the command line says for an option, once it is parsed.
  static class Value<T> {
    private final ArgSpec argument;

    private Value(ArgSpec argument) {
      this.argument = argument;
    }

    T get() {
      return Objects.requireNonNull(orNull(), "an option with a default");
    }

    /// Null where it was not given and has no default.
    @Nullable T orNull() {
      return argument.getValue();
    }
  }

  private final List<ArgSpec> arguments = new ArrayList<>();

  /// An option without a value.
  final Value<Boolean> flag(OptionSpec.Builder option) {
    return add(
        option.type(boolean.class).converters(new Values.Truth()).initialValue(false).build());
  }

  /// A flag that may be repeated; its value has a `true` for each time.
  final Value<List<Boolean>> repeatedFlag(OptionSpec.Builder option) {
    return add(
        option
            .type(List.class)
            .auxiliaryTypes(Boolean.class)
            .arity("0")
            .converters(new Values.Truth())
            .initialValue(List.of())
            .build());
  }

  static boolean isFlag(OptionSpec option) {
    return option.arity().max() == 0;
  }

  /// An option with one value, which is text without converters and must not be blank then.
  final <T> Value<T> option(Class<T> type, OptionSpec.Builder option) {
    if (option.converters() == null) {
      option.converters(new Values.Text(false, ""));
    }
    return add(described(option).type(type).build());
  }

  /// An option with one of a few words as its value.
  final <T extends Enum<T>> Value<T> choice(Class<T> type, OptionSpec.Builder option) {
    return add(described(option).type(type).converters(new Values.Word<>(type)).build());
  }

  /// An option that may be repeated. Its values are taken literally, and must not be empty.
  final Value<List<String>> options(OptionSpec.Builder option) {
    if (option.converters() == null) {
      option.converters(new Values.Text(true, ""));
    }
    return add(
        option.type(List.class).auxiliaryTypes(String.class).initialValue(List.of()).build());
  }

  /// What stands on the command line without being an option.
  final Value<List<String>> parameters(PositionalParamSpec.Builder parameters) {
    return add(
        parameters.type(List.class).auxiliaryTypes(String.class).initialValue(List.of()).build());
  }

  /// Picocli would replace this as well, but then also what looks like it in values.
  private static OptionSpec.Builder described(OptionSpec.Builder option) {
    if (option.defaultValue() == null) {
      return option;
    }
    String[] lines = option.description().clone();
    for (int i = 0; i < lines.length; i++) {
      lines[i] = lines[i].replace("${DEFAULT-VALUE}", option.defaultValue());
    }
    return option.description(lines);
  }

  private <T> Value<T> add(ArgSpec argument) {
    arguments.add(argument);
    return new Value<>(argument);
  }

  /// Adds all of them to a command, in the order of their declaration.
  final void addTo(CommandSpec command) {
    arguments.forEach(command::add);
  }
}
