package io.github.lotaprestage.plan.target;

import java.util.Optional;

/// A file, or standard input, that names objects.
///
/// @param file a path, or `-` for standard input
/// @param base where bare names belong: they are appended to its prefix
public record KeyList(String file, Optional<Target.Listed> base, Format format) {

  /// How a list is written.
  public enum Format {
    /// A key or `s3://` URI per line.
    KEYS,
    /// The same with NUL instead of line ends.
    KEYS_WITH_NUL,
    /// The output of `aws s3 ls --recursive`. Its keys are whole keys.
    AWS_LS,
    /// The output of `-o json`. Its keys are whole keys.
    NDJSON;

    /// The byte that ends a line.
    public byte delimiter() {
      return this == KEYS_WITH_NUL ? 0 : (byte) '\n';
    }
  }

  public boolean isStandardInput() {
    return file.equals("-");
  }

  /// As it is called in messages.
  public String name() {
    return isStandardInput() ? "standard input" : file;
  }
}
