package dev.pinion.spi;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which record components may be null: those with an annotation of the name {@code Nullable}, of any library that keeps
 * it at run time, and boxed numbers, booleans and characters, unless the code is {@code NullMarked}.
 */
final class Nullness {
  private static final Set<Class<?>> BOXES =
      Set.of(
          Boolean.class, Character.class, Byte.class, Short.class, Integer.class, Long.class, Float.class,
          Double.class);

  private Nullness() {}

  static boolean isNullable(RecordComponent component) {
    return (BOXES.contains(component.getType()) && !isNullMarked(component.getDeclaringRecord()))
        || isNullable((AnnotatedElement) component)
        || isNullable(component.getAccessor());
  }

  static boolean isNullable(AnnotatedType type) {
    return isNullable((AnnotatedElement) type);
  }

  private static boolean isNullable(AnnotatedElement element) {
    return has(element, "Nullable");
  }

  private static boolean has(AnnotatedElement element, String name) {
    return Arrays.stream(element.getAnnotations())
        .map(Annotation::annotationType)
        .anyMatch(annotation -> annotation.getSimpleName().equals(name));
  }

  private static boolean isNullMarked(Class<?> type) {
    for (@Nullable Class<?> each = type; each != null; each = each.getEnclosingClass()) {
      if (has(each, "NullUnmarked")) return false;
      if (has(each, "NullMarked")) return true;
    }
    return has(type.getPackage(), "NullMarked") || has(type.getModule(), "NullMarked");
  }
}
