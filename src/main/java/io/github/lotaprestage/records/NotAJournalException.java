package io.github.lotaprestage.records;

/// A file that was given as a journal holds something else; it is left as it was.
public final class NotAJournalException extends Exception {

  NotAJournalException(String message) {
    super(message);
  }
}
