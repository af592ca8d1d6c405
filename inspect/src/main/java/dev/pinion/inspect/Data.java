package dev.pinion.inspect;

import dev.pinion.inspect.Obj.Foreign;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Objects that are made of data, such as a message's body: one for each class. */
final class Data {
  private final Types types;
  private final ClassFiles files;
  private final Heap heap;
  private final java.util.function.Function<Class<?>, Value> constants;

  /**
   * Data.
   *
   * @param constants gives the constants of an enum
   */
  Data(Types types, ClassFiles files, Heap heap, java.util.function.Function<Class<?>, Value> constants) {
    this.types = types;
    this.files = files;
    this.heap = heap;
    this.constants = constants;
  }

  /** What data of a type may be: objects of the app's classes that it names, and containers of them. */
  Value value(Type type) {
    Class<?> raw = raw(type);
    if (types.isApps(raw)) {
      Value all = Value.NOTHING;
      for (Class<?> each : classes(raw)) {
        all = all.or(each.isEnum() ? constants.apply(each) : Value.of(new Obj.Made(each)));
      }
      return all;
    }
    if (!types.isHolder(raw)) return Types.isResource(raw) ? Value.NOTHING : Value.OTHER;
    Obj container = raw.isArray() ? new Obj.Arr("data " + type.getTypeName(), raw.componentType())
        : new Foreign("data " + type.getTypeName(), raw, Obj.Known.BOUND);
    for (Type each : arguments(type)) heap.add(container, value(each).objects());
    return Value.of(List.of(container), true);
  }

  static Class<?> raw(Type type) {
    if (type instanceof Class<?> plain) return plain;
    if (type instanceof ParameterizedType generic) return (Class<?>) generic.getRawType();
    if (type instanceof java.lang.reflect.GenericArrayType array)
      return raw(array.getGenericComponentType()).arrayType();
    if (type instanceof WildcardType wildcard) return raw(wildcard.getUpperBounds()[0]);
    return type instanceof java.lang.reflect.TypeVariable<?> variable ? raw(variable.getBounds()[0]) : Object.class;
  }

  private static List<Type> arguments(Type type) {
    if (type instanceof Class<?> plain && plain.isArray()) return List.of(plain.componentType());
    if (type instanceof java.lang.reflect.GenericArrayType array) return List.of(array.getGenericComponentType());
    return type instanceof ParameterizedType generic ? List.of(generic.getActualTypeArguments()) : List.of();
  }

  /**
   * The classes of the app's that a type names: itself where it can have objects, those that it permits or annotates.
   */
  Set<Class<?>> classes(Class<?> type) {
    Set<Class<?>> all = new LinkedHashSet<>();
    collect(type, all, new LinkedHashSet<>());
    return all;
  }

  private void collect(Class<?> type, Set<Class<?>> all, Set<Class<?>> seen) {
    if (!types.isApps(type) || !seen.add(type)) return;
    if (!Modifier.isAbstract(type.getModifiers()) || type.isEnum()) all.add(type);
    List<Class<?>> named = new ArrayList<>();
    if (type.isSealed()) named.addAll(List.of(type.getPermittedSubclasses()));
    named.addAll(files.namedByAnnotations(type));
    named.stream().filter(type::isAssignableFrom).forEach(each -> collect(each, all, seen));
  }
}
