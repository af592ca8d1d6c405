package dev.pinion.cli;

import java.lang.classfile.AttributedElement;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.EnclosingMethodAttribute;
import java.lang.classfile.attribute.InnerClassInfo;
import java.lang.classfile.attribute.RecordComponentInfo;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.lang.reflect.AccessFlag;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the compiler of one class reads of another: all but private members and code.
 *
 * @param shape its kind, supertypes and whatever else the meaning of other code may depend on
 * @param constants the values of its constants, which the compiler copies into other classes
 * @param members its fields and methods
 */
record ClassApi(String shape, Set<String> constants, Set<String> members) {
  private static final Pattern NAMED = Pattern.compile("L([^;<>:()\\[]+)(?=[;<])");

  /** How classes have changed for those that use them, from the least. */
  enum Change {
    /** Only code, and what is private. */
    NONE,
    /** Members: classes that mention them have to be compiled again. */
    MEMBERS,
    /** Anything else: any class may have to be compiled again. */
    SHAPE
  }

  /** Compares the classes of a source before and after a change of it. */
  static Change change(Map<String, byte[]> before, Map<String, byte[]> after) {
    if (before.equals(after)) return Change.NONE; // the same arrays
    Map<String, ClassApi> old = apis(before);
    Map<String, ClassApi> fresh = apis(after);
    if (!old.keySet().equals(fresh.keySet())) return Change.SHAPE;
    Change most = Change.NONE;
    for (Map.Entry<String, ClassApi> each : fresh.entrySet()) {
      ClassApi was = old.getOrDefault(each.getKey(), each.getValue());
      ClassApi is = each.getValue();
      if (!was.shape.equals(is.shape) || !was.constants.equals(is.constants)) return Change.SHAPE;
      if (!was.members.equals(is.members)) most = Change.MEMBERS;
    }
    return most;
  }

  private static Map<String, ClassApi> apis(Map<String, byte[]> classes) {
    Map<String, ClassApi> apis = new HashMap<>();
    classes.forEach((name, bytes) -> {
      ClassModel file = ClassFile.of().parse(bytes);
      if (!isLocal(file)) apis.put(name, of(file));
    });
    return apis;
  }

  /** Anonymous and local classes are not seen outside of their method. */
  private static boolean isLocal(ClassModel file) {
    Optional<EnclosingMethodAttribute> enclosing = file.findAttribute(Attributes.enclosingMethod());
    return enclosing.isPresent() || file.flags().has(AccessFlag.SYNTHETIC);
  }

  private static ClassApi of(ClassModel file) {
    Set<String> constants = new TreeSet<>();
    Set<String> members = new TreeSet<>();
    boolean isEnum = file.flags().has(AccessFlag.ENUM);
    StringBuilder shape = new StringBuilder(shape(file));
    for (FieldModel each : file.fields()) {
      if (isHidden(each.flags().flagsMask())) continue;
      String field = each.flags().flagsMask() + " " + each.fieldName().stringValue() + " "
          + each.fieldType().stringValue() + signature(each);
      if (isEnum) shape.append(field).append('\n');
      members.add(field);
      each.findAttribute(Attributes.constantValue())
          .ifPresent(value -> constants.add(field + " = " + value.constant().constantValue()));
    }
    for (MethodModel each : file.methods()) {
      if (isHidden(each.flags().flagsMask())) continue;
      members.add(each.flags().flagsMask() + " " + each.methodName().stringValue() + each.methodType().stringValue()
          + signature(each) + each.findAttribute(Attributes.exceptions()).map(thrown -> names(thrown.exceptions()))
          + each.findAttribute(Attributes.annotationDefault()).isPresent());
    }
    return new ClassApi(shape.toString(), constants, members);
  }

  private static boolean isHidden(int flags) {
    return (flags & (ClassFile.ACC_PRIVATE | ClassFile.ACC_SYNTHETIC)) != 0;
  }

  private static String shape(ClassModel file) {
    StringBuilder shape = new StringBuilder();
    shape.append(file.flags().flagsMask()).append(file.superclass().map(ClassEntry::asInternalName))
        .append(names(file.interfaces())).append(signature(file));
    file.findAttribute(Attributes.permittedSubclasses())
        .ifPresent(each -> shape.append(names(each.permittedSubclasses())));
    file.findAttribute(Attributes.record()).ifPresent(record -> {
      for (RecordComponentInfo each : record.components()) {
        shape.append(each.name().stringValue()).append(each.descriptor().stringValue()).append(signature(each));
      }
    });
    file.findAttribute(Attributes.innerClasses()).ifPresent(inner -> {
      for (InnerClassInfo each : inner.classes()) {
        boolean own = each.innerClass().asInternalName().equals(file.thisClass().asInternalName());
        if (own) shape.append(each.flagsMask());
      }
    });
    // Annotations such as @Repeatable and @Target say where others may stand.
    if (file.flags().has(AccessFlag.ANNOTATION)) {
      file.findAttribute(Attributes.runtimeVisibleAnnotations()).ifPresent(each -> shape.append(each.annotations()));
    }
    return shape.toString();
  }

  private static String signature(AttributedElement element) {
    return element.findAttribute(Attributes.signature()).map(each -> each.signature().stringValue()).orElse("");
  }

  private static String names(Iterable<ClassEntry> classes) {
    StringBuilder names = new StringBuilder();
    classes.forEach(each -> names.append(' ').append(each.asInternalName()));
    return names.append('\n').toString();
  }

  /** Returns the names of all classes that a class file mentions, with slashes, and maybe some more. */
  static Set<String> mentions(byte[] file) {
    Set<String> names = new HashSet<>();
    for (PoolEntry entry : ClassFile.of().parse(file).constantPool()) {
      if (entry instanceof ClassEntry type) {
        names.add(type.asInternalName());
      } else if (entry instanceof Utf8Entry text && text.stringValue().indexOf('L') >= 0) {
        Matcher named = NAMED.matcher(text.stringValue());
        while (named.find()) names.add(named.group(1));
      }
    }
    return names;
  }
}
