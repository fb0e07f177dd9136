package io.github.lotaprestage.plan;

/// The command line asks for a store or a file that cannot be used: bad usage. Nothing was sent.
public final class UsageException extends Exception {
  public UsageException(String message) {
    super(message);
  }
}
