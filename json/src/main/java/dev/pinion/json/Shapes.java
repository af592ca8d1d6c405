package dev.pinion.json;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The shapes of the Java types that have one. Any thread may use it; a record's shape lives as long as its class. */
final class Shapes {
  private final ClassValue<RecordShape> records =
      new ClassValue<>() {
        @Override
        protected RecordShape computeValue(Class<?> type) {
          return new RecordShape(type, Shapes.this);
        }
      };

  /** The shape of a class, whose components all have a shape. */
  Shape of(Class<?> type) {
    Shape shape = of(type, type.getSimpleName());
    if (shape instanceof RecordShape whole) {
      whole.components();
    }
    return shape;
  }

  RecordShape ofRecord(Class<?> type) {
    return records.get(type);
  }

  /**
   * The shape of a type.
   *
   * @param owner the component that has the type, for the error
   * @throws IllegalArgumentException when the type has no shape
   */
  Shape of(Type type, String owner) {
    if (type instanceof Class<?> plain) {
      return ofClass(plain, owner);
    }
    if (type instanceof WildcardType wildcard) {
      return of(wildcard.getUpperBounds()[0], owner);
    }
    if (type instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> raw) {
      Type[] arguments = generic.getActualTypeArguments();
      Shape last = raw.isRecord() ? AnyShape.ANY : of(arguments[arguments.length - 1], owner);
      if (raw == Optional.class) {
        return new Shape.OfOptional(last);
      }
      if (raw == List.class || raw == Collection.class || raw == Set.class) {
        return new Shape.OfList(last, raw == Set.class);
      }
      if (raw == Map.class && arguments[0] == String.class) {
        return new Shape.OfMap(last);
      }
    }
    throw shapeless(type, owner);
  }

  private Shape ofClass(Class<?> type, String owner) {
    Scalar scalar = Scalar.of(type);
    if (scalar != null) {
      return scalar;
    }
    if (type.isRecord() && type.getTypeParameters().length == 0) {
      return records.get(type);
    }
    if (type.isEnum()) {
      return Shape.OfEnum.of(type);
    }
    if (type == Object.class) {
      return AnyShape.ANY;
    }
    if (type == Map.class) {
      return new Shape.OfMap(AnyShape.ANY);
    }
    if (type == List.class || type == Collection.class || type == Set.class) {
      return new Shape.OfList(AnyShape.ANY, type == Set.class);
    }
    throw shapeless(type, owner);
  }

  private static IllegalArgumentException shapeless(Type type, String owner) {
    return new IllegalArgumentException(
        owner
            + ": "
            + type.getTypeName()
            + " cannot be read from JSON; a record without type parameters, String, a number, boolean, char, an enum,"
            + " Instant, UUID, byte[], List, Set, Map<String, …>, Optional and Object can");
  }

  /** What the app's own code threw. */
  static RuntimeException rethrown(InvocationTargetException thrown) {
    return switch (thrown.getCause()) {
      case RuntimeException exception -> exception;
      case Error error -> throw error;
      case null, default -> new IllegalStateException(thrown.getCause());
    };
  }
}
