package io.github.lotaprestage.cli.values;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Sizes in bytes: `1048576`, `16MiB`, `1GB`, `512k`. `KiB` and the bare letter are powers of 1024,
/// `kB` powers of 1000, as GNU coreutils reads them.
public final class Sizes implements Converter<Long> {

  private static final Pattern SIZE =
      Pattern.compile("(\\d{1,20}(?:\\.\\d{1,9})?) ?(?:([kmgtpe])(ib?|b)?|b)?");
  private static final String PREFIXES = "kmgtpe";

  @Override
  public Long convert(String text) {
    Matcher size = SIZE.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!size.matches()) {
      throw invalid(text, null);
    }
    int power = size.group(2) == null ? 0 : PREFIXES.indexOf(size.group(2)) + 1;
    BigDecimal base = BigDecimal.valueOf("b".equals(size.group(3)) ? 1000 : 1024);
    try {
      return new BigDecimal(size.group(1))
          .multiply(base.pow(power))
          .setScale(0, RoundingMode.HALF_UP)
          .longValueExact();
    } catch (ArithmeticException e) {
      throw invalid(text, e);
    }
  }

  @Override
  public String accepts() {
    return "a size, such as 512k, 16MiB or 1GB";
  }
}
