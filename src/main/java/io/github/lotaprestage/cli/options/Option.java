package io.github.lotaprestage.cli.options;

import io.github.lotaprestage.cli.values.Converter;
import io.github.lotaprestage.cli.values.Values;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// One option: its names, the values that it accepts, its default and its description. The parser,
/// `--help`, the man page, the completion and the reference all read this declaration. It holds the
/// value once the command line is parsed.
public final class Option<T> {

  /// What the program does with it.
  public enum Use {
    RUN,
    HELP,
    VERSION
  }

  private final Use use;
  private final String[] names;
  private String label = "";
  private Converter<?> converter = new Values.Truth();
  private boolean repeatable;
  private @Nullable String defaultValue;
  private String shownDefault = "";
  private String text = "";
  private String details = "";
  private @Nullable ArgSpec spec;

  /// A flag, until it gets a value.
  ///
  /// @param names as on the command line; none for the arguments that are not options
  Option(Use use, String... names) {
    this.use = use;
    this.names = names;
  }

  /// It takes one value.
  ///
  /// @param valueLabel stands for the value in the help
  <V> Option<V> value(String valueLabel, Converter<V> values) {
    label = valueLabel;
    converter = values;
    return typed();
  }

  /// It takes a value and may be repeated.
  <V> Option<List<V>> values(String valueLabel, Converter<V> values) {
    value(valueLabel, values);
    return this.<List<V>>typed().repeatable();
  }

  @SuppressWarnings("unchecked") // the converter makes the value
  private <V> Option<V> typed() {
    return (Option<V>) this;
  }

  Option<T> repeatable() {
    repeatable = true;
    return this;
  }

  Option<T> defaultsTo(String value) {
    defaultValue = value;
    return describeDefault(value);
  }

  /// What the help says about a default that is found elsewhere or is not shown as it is.
  Option<T> describeDefault(String description) {
    shownDefault = description;
    return this;
  }

  /// One or two sentences for the help.
  Option<T> text(String sentences) {
    text = sentences;
    return this;
  }

  /// More sentences, for the man page and the reference. They contain no markup.
  Option<T> details(String sentences) {
    details = sentences;
    return this;
  }

  /// For picocli; the same each time.
  public ArgSpec spec() {
    if (spec == null) {
      spec = names.length == 0 ? parameters() : option();
    }
    return spec;
  }

  /// Without the converter, because picocli takes a value that it refuses for an unknown option.
  private ArgSpec parameters() {
    return PositionalParamSpec.builder()
        .arity("0..*")
        .paramLabel(label)
        .type(List.class)
        .auxiliaryTypes(String.class)
        .initialValue(List.of())
        .description(text)
        .build();
  }

  private ArgSpec option() {
    OptionSpec.Builder builder =
        OptionSpec.builder(names)
            .converters(converter)
            .defaultValue(defaultValue)
            .usageHelp(use == Use.HELP)
            .versionHelp(use == Use.VERSION)
            .description(summary());
    Class<?> type = isFlag() ? boolean.class : Object.class;
    if (!isFlag()) {
      builder.paramLabel(label);
    }
    if (repeatable) {
      builder
          .arity(isFlag() ? "0" : "1")
          .type(List.class)
          .auxiliaryTypes(type)
          .initialValue(List.of());
    } else {
      builder.type(type).initialValue(isFlag() ? false : null);
    }
    return builder.build();
  }

  /// The text of the help, with the default.
  public String summary() {
    if (!shownDefault.isEmpty()) {
      return text.substring(0, text.length() - 1) + " (default: " + shownDefault + ").";
    }
    return repeatable && !isFlag() ? text + " May be repeated." : text;
  }

  /// The details, and the accepted values with their range and unit.
  public String details() {
    String accepted = converter.accepts();
    return isFlag() || accepted.isEmpty()
        ? details
        : (details + " " + label + " is " + accepted + ".").strip();
  }

  /// Whether it takes no value.
  public boolean isFlag() {
    return label.isEmpty();
  }

  /// None for the arguments that are not options.
  public List<String> names() {
    return List.of(names);
  }

  public String label() {
    return label;
  }

  /// The accepted words; empty for a flag, and if other values are accepted too.
  public List<String> words() {
    return converter.words();
  }

  /// The variables that set it; none for the arguments that are not options, and for the help.
  public List<String> variables() {
    return use != Use.RUN
        ? List.of()
        : Stream.of(names)
            .filter(name -> name.startsWith("--"))
            .map(EnvironmentDefaults::variable)
            .toList();
  }

  /// The value.
  public T get() {
    return Objects.requireNonNull(orNull(), "an option with a default");
  }

  /// The value; null if it was not given and has no default.
  public @Nullable T orNull() {
    return spec().getValue();
  }
}
