package dev.pinion.inspect;

import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code define} has computed by a {@link ClassValue}: the JDK keeps it in the classes that it is of. Those that
 * the app's code names are looked at, and the app's own.
 */
final class ClassValues {
  private final Types types;
  private final ObjectFields fields;
  private @Nullable Set<Class<?>> classes;

  ClassValues(Types types, ObjectFields fields) {
    this.types = types;
    this.fields = fields;
  }

  List<ObjectFields.Held> of(ClassValue<?> variable) {
    List<ObjectFields.Held> all = new ArrayList<>();
    try {
      Method map = ClassValue.class.getDeclaredMethod("getMap", Class.class);
      map.setAccessible(true);
      Object identity = read(ClassValue.class, "identity", variable);
      for (Class<?> each : classes()) {
        for (Map.Entry<?, ?> kept : ((Map<?, ?>) map.invoke(null, each)).entrySet()) {
          if (Objects.equals(kept.getKey(), identity)) {
            all.add(new ObjectFields.Held(Object.class, value(kept.getValue())));
          }
        }
      }
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("this JDK keeps values of classes elsewhere", e);
    }
    return all;
  }

  private @Nullable Object value(@Nullable Object kept) throws NoSuchFieldException {
    boolean wrapped = kept != null && kept.getClass().getName().equals("java.lang.ClassValue$Entry");
    return kept != null && wrapped ? read(kept.getClass(), "value", kept) : kept;
  }

  private @Nullable Object read(Class<?> type, String name, Object object) throws NoSuchFieldException {
    Field field = type.getDeclaredField(name);
    return fields.get(field, object);
  }

  private Set<Class<?>> classes() {
    Set<Class<?>> known = classes;
    if (known == null) {
      known = new LinkedHashSet<>(types.loader().ownClasses());
      for (Class<?> each : List.copyOf(known)) addNamed(each, known);
      classes = known;
    }
    return known;
  }

  /** Adds the classes that the code of a class names. */
  private void addNamed(Class<?> type, Set<Class<?>> all) {
    byte[] file = types.loader().file(type.getName());
    if (file == null) return;
    ClassFile.of().parse(file).constantPool().forEach(entry -> {
      if (entry instanceof ClassEntry named && named.asSymbol().isClassOrInterface()) {
        all.add(types.load(ClassNames.binary(named.asSymbol())));
      }
    });
  }
}
