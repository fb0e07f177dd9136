package io.github.lotaprestage.cli.values;

import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;

/// Sizes in bytes: `1048576`, `16MiB`, `1GB`, `512k`. `KiB` and the bare letter are powers of 1024,
/// `kB` powers of 1000, as GNU coreutils reads them.
///
/// Every start reads the sizes among the defaults, so this class does without `BigDecimal`, whose
/// tables take 10 ms to compute.
public final class Sizes implements Converter<Long> {

  private static final int DECIMALS = 9;
  private static final Pattern SIZE =
      Pattern.compile(
          "(?<whole>\\d{1,20})(?:\\.(?<fraction>\\d{1,"
              + DECIMALS
              + "}))? ?(?:(?<prefix>[kmgtpe])(?<unit>ib?|b)?|b)?");
  private static final String PREFIXES = "kmgtpe";

  @Override
  public Long convert(String text) {
    Matcher size = SIZE.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!size.matches()) {
      throw invalid(text, null);
    }
    String prefix = size.group("prefix");
    BigInteger factor =
        BigInteger.valueOf("b".equals(size.group("unit")) ? 1000 : 1024)
            .pow(prefix == null ? 0 : PREFIXES.indexOf(prefix) + 1);
    String fraction = size.group("fraction") == null ? "" : size.group("fraction");
    BigInteger parts = new BigInteger(size.group("whole") + fraction).multiply(factor);
    BigInteger scale = BigInteger.TEN.pow(fraction.length());
    try {
      return parts.shiftLeft(1).add(scale).divide(scale.shiftLeft(1)).longValueExact();
    } catch (ArithmeticException e) {
      throw new TypeConversionException("must be less than 8EiB, not '" + text + "'");
    }
  }

  @Override
  public String accepts() {
    return "a size, such as 512k, 16MiB or 1GB";
  }
}
