package io.github.lotaprestage.plan;

/// Bad usage: the command line names a store or a file that cannot be used. Nothing was sent.
public final class UsageException extends Exception {
  public UsageException(String message) {
    super(message);
  }
}
