package io.github.lotaprestage.plan;

import java.util.Optional;

/// A file, or standard input, that names one object per line.
///
/// @param file a path, or `-` for standard input
/// @param bucket the bucket of lines that are bare keys
/// @param delimiter the byte that ends a line: `\n` or NUL
public record KeyList(String file, Optional<String> bucket, byte delimiter) {

  public static final byte NEWLINE = '\n';
  public static final byte NUL = 0;

  public boolean isStandardInput() {
    return file.equals("-");
  }
}
