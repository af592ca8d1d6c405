package dev.pinion.inspect;

import dev.pinion.inspect.Selection.Declared;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.StringEntry;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The class files of a program, and the code in them. */
final class ClassFiles {
  private final Types types;
  private final Map<Class<?>, Optional<ClassModel>> files = new HashMap<>();
  private final Map<Class<?>, List<Declared>> declared = new HashMap<>();
  private final Map<Declared, Optional<Code>> codes = new HashMap<>();
  private final Map<Class<?>, Set<String>> words = new HashMap<>();
  private final Map<Class<?>, List<Class<?>>> annotated = new HashMap<>();

  /** A method with a body, in a class that is analysed. */
  record Code(Class<?> owner, String name, String descriptor, boolean isStatic, Body body) {
    boolean isInitializer() {
      return name.equals(Member.INITIALIZER);
    }
  }

  ClassFiles(Types types) {
    this.types = types;
  }

  /** The file of a class of the program; empty for one of the JDK, and for one that is made while the app runs. */
  Optional<ClassModel> file(Class<?> type) {
    return files.computeIfAbsent(type, each -> {
      if (each.isArray() || each.isHidden() || each.getClassLoader() != types.loader()) return Optional.empty();
      byte @Nullable [] bytes = types.loader().file(each.getName());
      return bytes == null ? Optional.empty() : Optional.of(ClassFile.of().parse(bytes));
    });
  }

  /** The methods that a class declares. */
  List<Declared> declared(Class<?> type) {
    List<Declared> known = declared.get(type);
    if (known == null) {
      try {
        known = file(type).map(file -> Declared.of(type, file)).orElseGet(() -> Declared.of(type));
      } catch (LinkageError e) {
        throw new GiveUp("class " + type.getName() + " cannot be read: " + e.getMessage());
      }
      declared.put(type, known);
    }
    return known;
  }

  /**
   * The classes of the app's that annotations of a class and of its members name, and the annotations of those
   * annotations.
   */
  List<Class<?>> namedByAnnotations(Class<?> type) {
    return annotated.computeIfAbsent(type, each -> {
      Set<String> names = new LinkedHashSet<>();
      file(each).ifPresent(model -> collect(Annotations.names(model), names, new HashSet<>()));
      return names.stream().<Class<?>>flatMap(name -> types.find(name).stream()).filter(types::isApps).toList();
    });
  }

  private void collect(Annotations.Names found, Set<String> names, Set<String> seen) {
    names.addAll(found.classes());
    for (String each : found.types()) {
      if (each.startsWith("java.") || !seen.add(each)) continue;
      byte @Nullable [] annotation = types.loader().file(each);
      if (annotation != null) collect(Annotations.names(ClassFile.of().parse(annotation)), names, seen);
    }
  }

  /** The words in the texts that a class has as constants: a library may take them for names of methods. */
  Set<String> words(Class<?> type) {
    return words.computeIfAbsent(type, each -> {
      Set<String> all = new HashSet<>();
      file(each).ifPresent(model -> model.constantPool().forEach(entry -> {
        if (entry instanceof StringEntry text) all.addAll(List.of(text.stringValue().split("\\W+", -1)));
      }));
      return all;
    });
  }

  /** The code of a method of the app's. */
  Optional<Code> code(Declared method) {
    Optional<Code> known = codes.get(method);
    if (known == null) {
      known = types.isApps(method.owner()) ? find(method) : Optional.empty();
      codes.put(method, known);
    }
    return known;
  }

  /** The static initializer of a class of the app's. */
  Optional<Code> initializer(Class<?> type) {
    return declared(type).stream().filter(each -> each.name().equals(Member.INITIALIZER)).findFirst()
        .flatMap(this::code);
  }

  /** A constructor of a class. */
  Optional<Declared> constructor(Class<?> type, MethodTypeDesc descriptor) {
    String text = descriptor.descriptorString();
    return declared(type).stream()
        .filter(each -> each.name().equals(Member.CONSTRUCTOR) && each.descriptor().equals(text))
        .findFirst();
  }

  /** What a class declares of a method that reflection has found. */
  Optional<Declared> of(Method method) {
    String descriptor = java.lang.invoke.MethodType.methodType(method.getReturnType(), method.getParameterTypes())
        .descriptorString();
    return declared(method.getDeclaringClass()).stream()
        .filter(each -> each.name().equals(method.getName()) && each.descriptor().equals(descriptor))
        .findFirst();
  }

  private Optional<Code> find(Declared method) {
    Class<?> type = method.owner();
    ClassModel file = file(type).orElseThrow(
        () -> new GiveUp("class " + type.getName() + " has no class file: it is made while the app runs"));
    return file.methods().stream()
        .filter(each -> each.methodName().equalsString(method.name())
            && each.methodType().equalsString(method.descriptor()))
        .findFirst()
        .flatMap(found -> code(method, file, found));
  }

  private static Optional<Code> code(Declared method, ClassModel file, MethodModel found) {
    if (Modifier.isNative(method.flags())) {
      throw new GiveUp(
          method.owner().getSimpleName() + "." + method.name() + " is native, and its code cannot be read");
    }
    return found.code().map(code -> new Code(
        method.owner(), method.name(), method.descriptor(), Modifier.isStatic(method.flags()),
        Body.of(file, found, code)));
  }
}
