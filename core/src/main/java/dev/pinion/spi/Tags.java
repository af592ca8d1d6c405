package dev.pinion.spi;

import dev.pinion.Discriminator;
import dev.pinion.DiscriminatorValue;
import dev.pinion.spi.RecordType.Tag;
import java.lang.annotation.Annotation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the discriminators of records and sealed interfaces. */
final class Tags {
  private static final String DEFAULT = "type";

  private Tags() {}

  /** Returns a record's discriminator; empty if the record is not of a sealed interface. */
  static Optional<Tag> of(Class<?> type) {
    Map<String, Class<?>> found = new LinkedHashMap<>();
    collect(type, found);
    if (found.isEmpty()) return Optional.empty();
    if (found.size() > 1) {
      throw new UnsupportedTypeException(
          List.of(
              name(type) + " has the discriminators '" + String.join("' and '", found.keySet())
                  + "' of several sealed interfaces: give these the same @Discriminator"));
    }
    String member = found.keySet().iterator().next();
    DiscriminatorValue value = annotation(type, DiscriminatorValue.class);
    return Optional.of(new Tag(member, value == null ? type.getSimpleName() : value.value()));
  }

  private static void collect(Class<?> type, Map<String, Class<?>> found) {
    for (Class<?> parent : type.getInterfaces()) {
      if (parent.isSealed()) {
        found.putIfAbsent(member(parent), parent);
      }
      collect(parent, found);
    }
  }

  /** Returns the member that names the record of a sealed interface. */
  static String member(Class<?> sealed) {
    return inherited(sealed).orElse(DEFAULT);
  }

  private static Optional<String> inherited(Class<?> sealed) {
    Discriminator own = annotation(sealed, Discriminator.class);
    if (own != null) return Optional.of(own.value());
    for (Class<?> parent : sealed.getInterfaces()) {
      Optional<String> above = inherited(parent);
      if (above.isPresent()) return above;
    }
    return Optional.empty();
  }

  // Class.getAnnotation is declared to return a value, and returns null where there is none.
  private static <A extends Annotation> @org.jspecify.annotations.Nullable A annotation(Class<?> type,
      Class<A> annotation) {
    return type.getAnnotation(annotation);
  }

  static String name(Class<?> type) {
    return type.getSimpleName().isEmpty() ? type.getName() : type.getSimpleName();
  }
}
