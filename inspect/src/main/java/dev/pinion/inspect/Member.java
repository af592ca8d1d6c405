package dev.pinion.inspect;

import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandleInfo;
import org.jspecify.annotations.Nullable;

/**
 * A method as an instruction or a method reference names it.
 *
 * @param kind how it is called
 * @param owner the binary name of the class it is looked up in; an array's descriptor for a method of an array
 */
record Member(Kind kind, String owner, String name, MethodTypeDesc type) {
  static final String CONSTRUCTOR = "<init>";
  static final String INITIALIZER = "<clinit>";

  /** How a method is called. */
  enum Kind {
    STATIC,
    VIRTUAL,
    SPECIAL,
    /** A reference to a constructor, which makes the object as well. */
    NEW
  }

  static Member of(MethodHandleInfo info) {
    MethodTypeDesc type = info.getMethodType().describeConstable().orElseThrow();
    return new Member(kind(info.getReferenceKind()), info.getDeclaringClass().getName(), info.getName(), type);
  }

  static Kind kind(int referenceKind) {
    return switch (referenceKind) {
      case MethodHandleInfo.REF_invokeStatic -> Kind.STATIC;
      case MethodHandleInfo.REF_invokeSpecial -> Kind.SPECIAL;
      case MethodHandleInfo.REF_newInvokeSpecial -> Kind.NEW;
      case MethodHandleInfo.REF_invokeVirtual, MethodHandleInfo.REF_invokeInterface -> Kind.VIRTUAL;
      default -> throw new IllegalArgumentException("a handle of kind " + referenceKind + " calls no method");
    };
  }

  boolean is(Class<?> type, @Nullable String method) {
    return owner.equals(type.getName()) && (method == null || name.equals(method));
  }

  @Override
  public String toString() {
    return ClassNames.shortName(owner) + "." + name;
  }
}
