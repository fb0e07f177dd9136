package io.github.lotaprestage.build;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_int;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Rewrites the switches over types in the classes of a jar. javac leaves the choice of the branch
/// to a method that the JDK generates when the switch is first reached, and an AOT cache of Java 25
/// cannot contain it. This generates the method during the build. The classes of the jar have to be
/// on the class path too.
public final class PlainSwitches {

  private static final ClassDesc BOOTSTRAPS = ClassDesc.of("java.lang.runtime.SwitchBootstraps");
  private static final MethodTypeDesc CHOICE = MethodTypeDesc.of(CD_int, CD_Object, CD_int);
  private static final String NAME = "choice$";

  private PlainSwitches() {}

  /// @param arguments the jars, which are replaced
  public static void main(String[] arguments) throws IOException {
    for (String jar : arguments) {
      JarRewriting.rewrite(Path.of(jar), PlainSwitches::rewritten);
    }
  }

  static byte[] rewritten(byte[] content) {
    ClassFile format =
        ClassFile.of(
            ClassFile.ClassHierarchyResolverOption.of(
                ClassHierarchyResolver.ofResourceParsing(PlainSwitches.class.getClassLoader())));
    ClassModel model = format.parse(content);
    List<List<ClassDesc>> switches = new ArrayList<>();
    boolean inInterface = model.flags().has(AccessFlag.INTERFACE);
    CodeTransform calls =
        (builder, element) -> {
          if (element instanceof InvokeDynamicInstruction call && isOverClasses(call)) {
            builder.invokestatic(
                model.thisClass().asSymbol(), NAME + switches.size(), CHOICE, inInterface);
            switches.add(classes(call));
          } else {
            builder.with(element);
          }
        };
    byte[] changed =
        format.transformClass(
            model,
            ClassTransform.transformingMethodBodies(calls)
                .andThen(
                    ClassTransform.endHandler(builder -> {
                      for (int i = 0; i < switches.size(); i++) {
                        List<ClassDesc> classes = switches.get(i);
                        builder.withMethodBody(
                            NAME + i,
                            CHOICE,
                            ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC,
                            code -> choose(code, classes));
                      }
                    })));
    return switches.isEmpty() ? content : changed;
  }

  private static boolean isOverClasses(InvokeDynamicInstruction call) {
    return call.bootstrapMethod().owner().equals(BOOTSTRAPS)
        && call.bootstrapMethod().methodName().equals("typeSwitch")
        && call.bootstrapArgs().stream().allMatch(ClassDesc.class::isInstance);
  }

  private static List<ClassDesc> classes(InvokeDynamicInstruction call) {
    List<ClassDesc> classes = new ArrayList<>();
    for (ConstantDesc each : call.bootstrapArgs()) {
      classes.add((ClassDesc) each);
    }
    return classes;
  }

  /// As `SwitchBootstraps.typeSwitch` describes it: -1 for null, else the index of the first class,
  /// not before the index in the second parameter, that the object is of; else their number.
  private static void choose(CodeBuilder code, List<ClassDesc> classes) {
    code.aload(0).ifThen(Opcode.IFNULL, isNull -> isNull.iconst_m1().ireturn());
    for (int i = 0; i < classes.size(); i++) {
      int index = i;
      Label next = code.newLabel();
      code.iload(1).loadConstant(index).if_icmpgt(next);
      code.aload(0).instanceOf(classes.get(i)).ifeq(next);
      code.loadConstant(index).ireturn();
      code.labelBinding(next);
    }
    code.loadConstant(classes.size()).ireturn();
  }
}
