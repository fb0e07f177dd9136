package io.github.lotaprestage.build;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.nio.file.Path;

/// Rewrites the classes of a jar in the class file format of this Java. An AOT cache takes no
/// classes from before Java 6, for they have no stack maps, and picocli's are from Java 5: they
/// were a third of the time that the program took to start.
public final class ModernClasses {

  private static final int NEWEST = ClassFile.latestMajorVersion();

  private ModernClasses() {}

  /// @param arguments the jars, which are replaced
  public static void main(String[] arguments) throws IOException {
    for (String jar : arguments) {
      JarRewriting.rewrite(Path.of(jar), ModernClasses::modern);
    }
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
