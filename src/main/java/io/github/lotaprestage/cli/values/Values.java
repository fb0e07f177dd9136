package io.github.lotaprestage.cli.values;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;

/// Converters for text, numbers and words.
public final class Values {

  private Values() {}

  /// Literal text.
  ///
  /// @param blank whether white space alone is a valid value, as in keys
  /// @param hint what to write instead of an empty value, printed after a semicolon; or empty
  public record Text(boolean blank, String hint) implements Converter<String> {

    /// A name, which cannot be blank.
    public static final Text NAME = new Text(false, "");

    /// Any text that is not empty.
    public static final Text LITERAL = new Text(true, "");

    @Override
    public String convert(String text) {
      if (blank ? text.isEmpty() : text.isBlank()) {
        throw new TypeConversionException("must not be empty" + hint);
      }
      return text;
    }

    @Override
    public String accepts() {
      return "";
    }
  }

  /// An integer within limits, both inclusive.
  public record WholeNumber(int least, int most) implements Converter<Integer> {
    @Override
    public Integer convert(String text) {
      try {
        int number = Integer.parseInt(text.strip());
        if (number >= least && number <= most) {
          return number;
        }
      } catch (NumberFormatException e) {
        throw invalid(text, e);
      }
      throw invalid(text, null);
    }

    @Override
    public String accepts() {
      return "a whole number from " + least + " to " + most;
    }
  }

  /// A decimal number that is not negative.
  public record Decimal(String unit) implements Converter<Double> {
    private static final Pattern NUMBER =
        Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

    @Override
    public Double convert(String text) {
      if (!NUMBER.matcher(text.strip()).matches()) {
        throw invalid(text, null);
      }
      double number = Double.parseDouble(text.strip());
      if (number < 0 || Double.isInfinite(number)) {
        throw invalid(text, null);
      }
      return number;
    }

    @Override
    public String accepts() {
      return "a number of " + unit + ", 0 or greater";
    }
  }

  /// `true` or `false`, where a flag is given one: `--dry-run=true`.
  public record Truth() implements Converter<Boolean> {
    @Override
    public Boolean convert(String text) {
      return switch (text.strip().toLowerCase(Locale.ROOT)) {
        case "true" -> true;
        case "false" -> false;
        default -> throw invalid(text, null);
      };
    }

    @Override
    public String accepts() {
      return "true or false";
    }
  }

  /// One of the words that the constants of an enum are named after; case does not matter.
  public record Word<T extends Enum<T>>(Class<T> type) implements Converter<T> {
    @Override
    public T convert(String text) {
      String given = word(text.strip());
      for (T each : type.getEnumConstants()) {
        if (word(each.name()).equals(given)) {
          return each;
        }
      }
      throw invalid(text, null);
    }

    @Override
    public String accepts() {
      List<String> words = words();
      return String.join(", ", words.subList(0, words.size() - 1)) + " or " + words.getLast();
    }

    @Override
    public List<String> words() {
      return Arrays.stream(type.getEnumConstants()).map(each -> word(each.name())).toList();
    }

    private static String word(String name) {
      return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /// The word `auto`, which leaves the value to the program, or what `other` accepts.
  public record Auto<T>(Converter<T> other) implements Converter<Optional<T>> {
    @Override
    public Optional<T> convert(String text) {
      if (text.strip().equalsIgnoreCase("auto")) {
        return Optional.empty();
      }
      try {
        return Optional.of(other.convert(text));
      } catch (TypeConversionException e) {
        throw invalid(text, e);
      }
    }

    @Override
    public String accepts() {
      return "auto or " + other.accepts();
    }

    @Override
    public String hint(String text) {
      return other.hint(text);
    }
  }
}
