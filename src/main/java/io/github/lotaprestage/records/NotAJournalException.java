package io.github.lotaprestage.records;

/// A file that was given as a journal is not one. It is left unchanged.
final class NotAJournalException extends Exception {

  NotAJournalException(String message) {
    super(message);
  }
}
