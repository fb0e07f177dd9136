package io.github.lotaprestage.cli.values;

import picocli.CommandLine.TypeConversionException;

/// Bytes per second: a size, with or without `/s`.
public final class Rates implements Converter<Long> {

  private static final String PER_SECOND = "/s";

  private final Sizes sizes = new Sizes();

  @Override
  public Long convert(String text) {
    String plain = text.strip();
    String size =
        plain.endsWith(PER_SECOND)
            ? plain.substring(0, plain.length() - PER_SECOND.length())
            : plain;
    long bytes;
    try {
      bytes = sizes.convert(size);
    } catch (TypeConversionException e) {
      throw invalid(text, e);
    }
    if (bytes == 0) {
      throw invalid(text, null);
    }
    return bytes;
  }

  @Override
  public String accepts() {
    return "a size per second greater than zero, such as 10GiB or 500MB/s";
  }
}
