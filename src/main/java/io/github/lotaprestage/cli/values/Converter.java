package io.github.lotaprestage.cli.values;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Converts the value of an option, and describes the values that it accepts. The message of an
/// exception continues a sentence that begins with the name of the option, or of its variable in
/// the environment.
public interface Converter<T> extends ITypeConverter<T> {

  @Override
  T convert(String text);

  /// The accepted values, with their range and unit: `a size, such as 16MiB`. Empty for any text.
  String accepts();

  /// The accepted words; empty if other values are accepted too.
  default List<String> words() {
    return List.of();
  }

  /// What `text` was probably meant to be, after a semicolon; or empty.
  default String hint(String text) {
    return "";
  }

  /// `must be a size, such as 16MiB, not 'big'`
  default TypeConversionException invalid(String text, @Nullable Throwable cause) {
    TypeConversionException invalid =
        new TypeConversionException(
            text.isBlank()
                ? "must not be empty; it must be " + accepts()
                : "must be " + accepts() + ", not '" + text + "'" + hint(text));
    if (cause != null) {
      invalid.initCause(cause);
    }
    return invalid;
  }
}
