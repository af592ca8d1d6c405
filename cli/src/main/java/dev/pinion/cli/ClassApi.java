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
import java.util.stream.Stream;

/**
 * What the compiler of one class reads of another.
 *
 * @param shape its kind, supertypes and whatever else the meaning of other code may depend on, without naming it: the
 *     constants, which are copied, and the methods of an interface, which make it functional or not
 * @param members its fields, methods and constructors, and what code calls them
 * @param hidden its private fields and methods, likewise
 */
record ClassApi(String shape, Map<String, String> members, Map<String, String> hidden) {
  private static final Pattern NAMED = Pattern.compile("L([^;<>:()\\[]+)(?=[;<])");
  private static final String CONSTRUCTOR = "<init>";

  /** Returns what others see of some classes, by name. */
  static Map<String, ClassApi> of(Map<String, byte[]> classes) {
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
    Map<String, String> members = new HashMap<>();
    Map<String, String> hidden = new HashMap<>();
    Set<String> shaping = new TreeSet<>();
    StringBuilder shape = new StringBuilder(shape(file));
    for (FieldModel each : file.fields()) {
      String name = each.fieldName().stringValue();
      int flags = each.flags().flagsMask();
      if ((flags & ClassFile.ACC_PRIVATE) != 0) hidden.put("field " + name, name);
      if (isHidden(flags)) continue;
      String field = flags + " " + name + " " + each.fieldType().stringValue() + signature(each) + marks(each);
      if (file.flags().has(AccessFlag.ENUM)) shape.append(field).append('\n');
      members.put(field, name);
      each.findAttribute(Attributes.constantValue())
          .ifPresent(value -> shaping.add(field + " = " + value.constant().constantValue()));
    }
    for (MethodModel each : file.methods()) {
      String name = each.methodName().stringValue();
      int flags = each.flags().flagsMask();
      if ((flags & ClassFile.ACC_PRIVATE) != 0 && !name.equals(CONSTRUCTOR)) hidden.put("method " + name, name);
      if (isHidden(flags)) continue;
      String method = flags + " " + name + each.methodType().stringValue() + signature(each) + marks(each)
          + each.findAttribute(Attributes.exceptions()).map(thrown -> names(thrown.exceptions()))
          + each.findAttribute(Attributes.annotationDefault()).isPresent();
      members.put(method, name.equals(CONSTRUCTOR) ? simpleName(file) : name);
      if (file.flags().has(AccessFlag.INTERFACE) && (flags & ClassFile.ACC_STATIC) == 0) shaping.add(method);
    }
    return new ClassApi(shape + String.join("\n", shaping), members, hidden);
  }

  private static boolean isHidden(int flags) {
    return (flags & (ClassFile.ACC_PRIVATE | ClassFile.ACC_SYNTHETIC)) != 0;
  }

  private static String shape(ClassModel file) {
    StringBuilder shape = new StringBuilder();
    shape.append(file.flags().flagsMask()).append(file.superclass().map(ClassEntry::asInternalName))
        .append(names(file.interfaces())).append(signature(file)).append(marks(file));
    file.findAttribute(Attributes.permittedSubclasses())
        .ifPresent(each -> shape.append(names(each.permittedSubclasses())));
    file.findAttribute(Attributes.record()).ifPresent(record -> {
      for (RecordComponentInfo each : record.components()) {
        shape.append(each.name().stringValue()).append(each.descriptor().stringValue()).append(signature(each));
      }
    });
    own(file).ifPresent(each -> shape.append(each.flagsMask()));
    return shape.append('\n').toString();
  }

  /** Returns what a nested class says of itself. */
  private static Optional<InnerClassInfo> own(ClassModel file) {
    return file.findAttribute(Attributes.innerClasses()).stream().flatMap(inner -> inner.classes().stream())
        .filter(each -> each.innerClass().asInternalName().equals(file.thisClass().asInternalName())).findFirst();
  }

  private static String simpleName(ClassModel file) {
    String name = file.thisClass().asInternalName();
    return own(file).flatMap(InnerClassInfo::innerName).map(Utf8Entry::stringValue)
        .orElse(name.substring(name.lastIndexOf('/') + 1));
  }

  private static String signature(AttributedElement element) {
    return element.findAttribute(Attributes.signature()).map(each -> each.signature().stringValue()).orElse("");
  }

  /**
   * Returns what annotations mean to the compiler: where they may stand, and what it warns of, which may be an error.
   */
  private static String marks(AttributedElement element) {
    boolean deprecated = element.findAttribute(Attributes.deprecated()).isPresent();
    return " " + deprecated + element.findAttribute(Attributes.runtimeVisibleAnnotations()).stream()
        .flatMap(all -> all.annotations().stream())
        .filter(each -> each.className().stringValue().startsWith("Ljava/lang/")).toList();
  }

  private static String names(Iterable<ClassEntry> classes) {
    StringBuilder names = new StringBuilder();
    classes.forEach(each -> names.append(' ').append(each.asInternalName()));
    return names.append('\n').toString();
  }

  /** Returns whether a class declares a member of a name that others may inherit. */
  static boolean declares(ClassModel file, String name) {
    Stream<Utf8Entry> fields =
        file.fields().stream().filter(each -> !isHidden(each.flags().flagsMask())).map(FieldModel::fieldName);
    Stream<Utf8Entry> methods =
        file.methods().stream().filter(each -> !isHidden(each.flags().flagsMask())).map(MethodModel::methodName);
    return Stream.concat(fields, methods).anyMatch(each -> each.equalsString(name));
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
