package io.github.lotaprestage.build;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Enumeration;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/// Rewrites the classes of a jar in the class file format of this Java. An AOT cache takes no
/// classes from before Java 6, for they have no stack maps, and picocli's are from Java 5: they
/// were a third of the time that the program took to start.
public final class ModernClasses {

  private static final int NEWEST = ClassFile.latestMajorVersion();

  private ModernClasses() {}

  /// @param arguments the jars, which are replaced
  public static void main(String[] arguments) throws IOException {
    for (String jar : arguments) {
      rewrite(Path.of(jar));
    }
  }

  private static void rewrite(Path jar) throws IOException {
    Path rewritten = Files.createTempFile(jar.getParent(), "modern", ".jar");
    try (JarFile from = new JarFile(jar.toFile());
        OutputStream file = Files.newOutputStream(rewritten);
        JarOutputStream to = new JarOutputStream(file)) {
      for (Enumeration<JarEntry> all = from.entries(); all.hasMoreElements(); ) {
        JarEntry entry = all.nextElement();
        byte[] content = from.getInputStream(entry).readAllBytes();
        JarEntry copy = new JarEntry(entry.getName());
        copy.setTimeLocal(entry.getTimeLocal());
        to.putNextEntry(copy);
        to.write(entry.getName().endsWith(".class") ? modern(content) : content);
        to.closeEntry();
      }
    }
    Files.setPosixFilePermissions(rewritten, Files.getPosixFilePermissions(jar));
    Files.move(rewritten, jar, StandardCopyOption.REPLACE_EXISTING);
  }

  private static byte[] modern(byte[] content) {
    ClassFile format =
        ClassFile.of(
            ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
            ClassFile.ConstantPoolSharingOption.NEW_POOL);
    var model = format.parse(content);
    return model.majorVersion() >= ClassFile.JAVA_6_VERSION
        ? content
        : format.transformClass(
            model,
            ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL)
                .andThen(ClassTransform.endHandler(builder -> builder.withVersion(NEWEST, 0))));
  }
}
