package io.github.lotaprestage.s3;

/// The command line asks for a store that cannot be used: bad usage. Nothing was sent.
public final class StoreUsageException extends Exception {
  StoreUsageException(String message) {
    super(message);
  }
}
