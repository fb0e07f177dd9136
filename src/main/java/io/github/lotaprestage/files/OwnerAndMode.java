package io.github.lotaprestage.files;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;

/// Who may use a file.
public final class OwnerAndMode {

  private OwnerAndMode() {}

  /// Gives a file the mode of another one, and its owner and group where this user may set them.
  public static void copy(Path from, Path to) throws IOException {
    PosixFileAttributeView mine = Files.getFileAttributeView(to, PosixFileAttributeView.class);
    PosixFileAttributes old = Files.readAttributes(from, PosixFileAttributes.class);
    PosixFileAttributes now = mine.readAttributes();
    try {
      if (!old.group().equals(now.group())) {
        mine.setGroup(old.group());
      }
      if (!old.owner().equals(now.owner())) {
        mine.setOwner(old.owner());
      }
    } catch (FileSystemException _) {
      // Only root may give files away; the mode below still lets the same groups in.
    }
    mine.setPermissions(old.permissions());
  }
}
