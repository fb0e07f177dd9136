package io.github.lotaprestage.resolve.checkpoint;

import io.github.lotaprestage.object.ObjectRef;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.NavigableSet;

/// What a prefix contains, one level deep.
///
/// @param path the part of the keys that names leave out: empty, or ending with a slash
/// @param directories names, without their slash
/// @param objects by their names
/// @param whole whether nothing else is there
public record Directory(
    String path,
    NavigableSet<String> directories,
    NavigableMap<String, ObjectRef> objects,
    boolean whole) {

  public Directory {
    directories = Collections.unmodifiableNavigableSet(directories);
    objects = Collections.unmodifiableNavigableMap(objects);
  }

  /// The path that names below `prefix` leave out: all up to its last slash.
  public static String pathOf(String prefix) {
    return prefix.substring(0, prefix.lastIndexOf('/') + 1);
  }

  /// The last part of a path, which may end with a slash.
  static String nameOf(String path) {
    String plain = withoutSlash(path);
    return plain.substring(plain.lastIndexOf('/') + 1);
  }

  /// A path without the slash at its end.
  static String withoutSlash(String path) {
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  /// Whether there is an object or a directory of this name.
  boolean has(String name) {
    return objects.containsKey(name) || directories.contains(name);
  }
}
