package io.github.lotaprestage.cli.values;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Converters for the values of options. The message of an exception continues a sentence that
/// begins with the name of the option, or of its variable in the environment.
public final class Values {

  private Values() {}

  /// Text that is taken as it is.
  ///
  /// @param blank whether white space alone is a value, as it is in keys
  /// @param hint what to write instead of an empty value, read after a semicolon; or empty
  public record Text(boolean blank, String hint) implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      if (blank ? text.isEmpty() : text.isBlank()) {
        throw new TypeConversionException("must not be empty" + hint);
      }
      return text;
    }
  }

  /// An integer within limits, both inclusive.
  public record WholeNumber(int least, int most) implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      try {
        int number = Integer.parseInt(text.strip());
        if (number >= least && number <= most) {
          return number;
        }
      } catch (NumberFormatException e) {
        throw invalid("a whole number from " + least + " to " + most, text, e);
      }
      throw invalid("a whole number from " + least + " to " + most, text, null);
    }
  }

  /// A decimal number that is not negative.
  public record Decimal(String unit) implements ITypeConverter<Double> {
    private static final Pattern NUMBER =
        Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

    @Override
    public Double convert(String text) {
      if (!NUMBER.matcher(text.strip()).matches()) {
        throw invalid("a number of " + unit, text, null);
      }
      double number = Double.parseDouble(text.strip());
      if (number < 0 || Double.isInfinite(number)) {
        throw invalid("a number of " + unit + ", 0 or greater", text, null);
      }
      return number;
    }
  }

  /// `true` or `false`, where a flag is given one: `--dry-run=true`.
  public record Truth() implements ITypeConverter<Boolean> {
    @Override
    public Boolean convert(String text) {
      return switch (text.strip().toLowerCase(Locale.ROOT)) {
        case "true" -> true;
        case "false" -> false;
        default -> throw invalid("true or false", text, null);
      };
    }
  }

  /// One of a few words; upper and lower case are the same.
  public record Word<T extends Enum<T>>(Class<T> type) implements ITypeConverter<T> {
    @Override
    public T convert(String text) {
      String given = word(text.strip());
      for (T each : type.getEnumConstants()) {
        if (word(each.name()).equals(given)) {
          return each;
        }
      }
      throw invalid(words(), text, null);
    }

    private String words() {
      T[] all = type.getEnumConstants();
      return Arrays.stream(all)
              .limit(all.length - 1L)
              .map(each -> word(each.name()))
              .collect(Collectors.joining(", "))
          + " or "
          + word(all[all.length - 1].name());
    }

    private static String word(String name) {
      return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /// `must be a size, such as 16MiB, not 'big'`
  static TypeConversionException invalid(String wanted, String text, @Nullable Throwable cause) {
    TypeConversionException invalid =
        new TypeConversionException(
            text.isBlank()
                ? "must not be empty; it must be " + wanted
                : "must be " + wanted + ", not '" + text + "'");
    if (cause != null) {
      invalid.initCause(cause);
    }
    return invalid;
  }
}
