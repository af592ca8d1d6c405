package dev.pinion.inspect;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeTransform;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;

/** Static initializers that tell when they run. */
final class Initializers {
  private static final int CLASS_CONSTANTS = 49;
  private static final ClassDesc LAMBDAS = ClassDesc.of(Lambdas.class.getName());
  private static final MethodTypeDesc OF_CLASS = MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_Class);

  private Initializers() {}

  static boolean isIn(ClassModel file) {
    return file.methods().stream().anyMatch(each -> each.methodName().equalsString(ConstantDescs.CLASS_INIT_NAME));
  }

  /** The class file, with a static initializer that first calls {@link Lambdas#initializing}. */
  static byte[] telling(byte[] bytes, ClassLoader program) {
    ClassFile format = ClassFile.of(
        ClassFile.ClassHierarchyResolverOption.of(
            ClassHierarchyResolver.ofResourceParsing(program).orElse(ClassHierarchyResolver.defaultResolver())));
    ClassModel file = format.parse(bytes);
    if (!isIn(file) || file.majorVersion() < CLASS_CONSTANTS) return bytes;
    ClassDesc type = file.thisClass().asSymbol();
    CodeTransform tell = new CodeTransform() {
      @Override
      public void atStart(CodeBuilder code) {
        code.loadConstant(type).invokestatic(LAMBDAS, "initializing", OF_CLASS);
      }

      @Override
      public void accept(CodeBuilder code, java.lang.classfile.CodeElement element) {
        code.with(element);
      }
    };
    return format.transformClass(
        file,
        ClassTransform.transformingMethodBodies(
            method -> method.methodName().equalsString(ConstantDescs.CLASS_INIT_NAME), tell));
  }
}
