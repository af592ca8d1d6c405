package dev.pinion.inspect;

import java.lang.ref.PhantomReference;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the references in objects of any class, private ones of the JDK's included. */
final class ObjectFields {
  private static final Set<String> OF_THREADS =
      Set.of("threadLocals", "inheritableThreadLocals", "terminatingThreadLocals");
  /** Of a logger: the manager has all loggers of the process, which is a root of its own. */
  private static final String MANAGER = "java.util.logging.LogManager";

  private final OpenedJdk jdk;
  private final OpenedJdk.Reader referent;
  private final Map<Class<?>, List<Reference>> fields = new HashMap<>();

  /** A reference in an object, with the type by which it is held. */
  record Held(Class<?> type, @Nullable Object object) {}

  /** A field that refers to an object. */
  private record Reference(Class<?> type, OpenedJdk.Reader reader) {}

  ObjectFields(OpenedJdk jdk) {
    this.jdk = jdk;
    try {
      this.referent = jdk.reader(java.lang.ref.Reference.class.getDeclaredField("referent"));
    } catch (NoSuchFieldException e) {
      throw new LinkageError("this JDK's references have another field", e);
    }
  }

  /** What an object refers to: the elements of an array, or what is in fields that classes outside the app declare. */
  List<Held> of(Object object, java.util.function.Predicate<Class<?>> skipped) {
    List<Held> held = new ArrayList<>();
    if (object instanceof Object[] array) {
      for (Object each : array) held.add(new Held(array.getClass().componentType(), each));
      return held;
    }
    if (object instanceof java.lang.ref.Reference<?> reference && !(object instanceof PhantomReference)) {
      held.add(new Held(Object.class, referent(reference)));
    }
    for (@Nullable Class<?> each = object.getClass(); each != null && each != Object.class; each =
        each.getSuperclass()) {
      if (each == java.lang.ref.Reference.class || skipped.test(each)) continue;
      for (Reference field : fields.computeIfAbsent(each, this::references)) {
        held.add(new Held(field.type(), field.reader().get(object)));
      }
    }
    return held;
  }

  /** What a reference refers to. It is not asked itself, as its class may be the app's. */
  @Nullable
  Object referent(java.lang.ref.Reference<?> reference) {
    return referent.get(reference);
  }

  private List<Reference> references(Class<?> type) {
    List<Reference> found = new ArrayList<>();
    for (Field each : type.getDeclaredFields()) {
      if (!Modifier.isStatic(each.getModifiers()) && !isLeaf(each.getType()) && !isOfProcess(type, each)) {
        found.add(new Reference(each.getType(), jdk.reader(each)));
      }
    }
    return found;
  }

  private static boolean isOfProcess(Class<?> type, Field field) {
    return (type == Thread.class && OF_THREADS.contains(field.getName())) || field.getType().getName().equals(MANAGER);
  }

  /** What static fields of a class refer to; the class must be initialized. */
  List<Held> ofStatics(Class<?> type) {
    List<Held> held = new ArrayList<>();
    for (Field each : type.getDeclaredFields()) {
      if (Modifier.isStatic(each.getModifiers()) && !isLeaf(each.getType()))
        held.add(new Held(each.getType(), get(each, null)));
    }
    return held;
  }

  /** Whether nothing of an app's can be in objects of a class, nor in those of classes below it. */
  static boolean isLeaf(Class<?> type) {
    if (type.isArray()) return isLeaf(type.componentType());
    return type.isPrimitive() || (Modifier.isFinal(type.getModifiers()) && PlainTypes.isPlain(type));
  }

  /** Whether nothing of an app's can be in an object. */
  static boolean isLeaf(Object object) {
    return isLeaf(object.getClass()) || PlainTypes.isPlain(object.getClass());
  }

  /** What a field of an object refers to; a number where it is primitive. */
  @Nullable
  Object get(Field field, @Nullable Object object) {
    return field.getType().isPrimitive() ? Integer.valueOf(0) : jdk.reader(field).get(object);
  }

  OpenedJdk jdk() {
    return jdk;
  }
}
