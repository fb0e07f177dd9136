package io.github.lotaprestage.build;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Enumeration;
import java.util.function.UnaryOperator;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/// Changes the classes in jars.
final class JarRewriting {

  private JarRewriting() {}

  /// Replaces a jar by one whose classes have gone through `change`.
  static void rewrite(Path jar, UnaryOperator<byte[]> change) throws IOException {
    Path rewritten = Files.createTempFile(jar.getParent(), "changed", ".jar");
    try (JarFile from = new JarFile(jar.toFile());
        OutputStream file = Files.newOutputStream(rewritten);
        JarOutputStream to = new JarOutputStream(file)) {
      for (Enumeration<JarEntry> all = from.entries(); all.hasMoreElements(); ) {
        JarEntry entry = all.nextElement();
        byte[] content = from.getInputStream(entry).readAllBytes();
        JarEntry copy = new JarEntry(entry.getName());
        copy.setTimeLocal(entry.getTimeLocal());
        to.putNextEntry(copy);
        to.write(entry.getName().endsWith(".class") ? change.apply(content) : content);
        to.closeEntry();
      }
    }
    Files.setPosixFilePermissions(rewritten, Files.getPosixFilePermissions(jar));
    Files.move(rewritten, jar, StandardCopyOption.REPLACE_EXISTING);
  }
}
