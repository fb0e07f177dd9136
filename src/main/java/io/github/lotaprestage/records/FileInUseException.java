package io.github.lotaprestage.records;

import java.io.IOException;

/// Another process, or this one, holds the lock of a file.
final class FileInUseException extends IOException {

  FileInUseException() {
    super("another run is using it");
  }
}
