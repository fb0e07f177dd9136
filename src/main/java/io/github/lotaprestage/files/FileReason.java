package io.github.lotaprestage.files;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;

/// The part of an error message that does not name the file.
public final class FileReason {

  private FileReason() {}

  /// Why a file cannot be used, without its name.
  public static String of(IOException e) {
    return switch (e) {
      case AccessDeniedException _ -> "permission denied";
      case NoSuchFileException _ -> "no such directory";
      case FileSystemLoopException _ -> "too many levels of symbolic links";
      case FileSystemException failed when failed.getReason() != null -> failed.getReason();
      case FileNotFoundException failed -> inParentheses(String.valueOf(failed.getMessage()));
      default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    };
  }

  /// `/a/b (Permission denied)` is what the JDK says.
  private static String inParentheses(String message) {
    int open = message.lastIndexOf(" (");
    return open < 0 || !message.endsWith(")")
        ? message
        : message.substring(open + 2, message.length() - 1);
  }
}
