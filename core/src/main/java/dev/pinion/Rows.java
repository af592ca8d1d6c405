package dev.pinion;

import dev.pinion.AttributeValue.B;
import dev.pinion.AttributeValue.Bool;
import dev.pinion.AttributeValue.Bs;
import dev.pinion.AttributeValue.Bytes;
import dev.pinion.AttributeValue.L;
import dev.pinion.AttributeValue.M;
import dev.pinion.AttributeValue.N;
import dev.pinion.AttributeValue.Ns;
import dev.pinion.AttributeValue.Null;
import dev.pinion.AttributeValue.S;
import dev.pinion.AttributeValue.Ss;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Converts records to rows and back, by reflection. */
final class Rows {
  private static final Set<Class<?>> WHOLE = Set.of(
      int.class, Integer.class, long.class, Long.class, short.class, Short.class, byte.class, Byte.class,
      BigInteger.class);
  /** The zeros at the end of DynamoDB's largest numbers, and some more. */
  private static final int MOST_ZEROS = 200;

  private Rows() {}

  static M map(Record row, int levels) {
    LinkedHashMap<String, AttributeValue> values = new LinkedHashMap<>();
    for (RecordComponent component : row.getClass().getRecordComponents()) {
      Object value = read(row, component);
      if (value instanceof Optional<?> optional) {
        value = optional.orElse(null);
      } else if (value == null) {
        throw mistake(row.getClass(), component, "is null: use an empty Optional for a missing attribute", null);
      }
      if (value != null) {
        values.put(component.getName(), converted(row.getClass(), component, value, levels));
      }
    }
    return new M(values);
  }

  private static AttributeValue converted(
      Class<?> type, RecordComponent component, Object value, int levels) {
    try {
      return Values.attributeValue(value, levels - 1);
    } catch (Values.TooDeepException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw mistake(type, component, e.getMessage(), e);
    }
  }

  private static @Nullable Object read(Record row, RecordComponent component) {
    try {
      var accessor = component.getAccessor();
      accessor.setAccessible(true);
      return accessor.invoke(row);
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(
          row.getClass().getSimpleName() + "." + component.getName() + "() threw", e.getCause());
    } catch (IllegalAccessException e) {
      throw new LinkageError(component.toString(), e);
    }
  }

  static <T extends Record> T record(Item item, Class<T> type) {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    @Nullable Object[] values = new @Nullable Object[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      values[i] = component(item, type, components[i]);
    }
    try {
      var constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(
          "the constructor of " + type.getSimpleName() + " threw: " + e.getCause(), e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(type.getName(), e);
    }
  }

  private static Object component(Item item, Class<?> type, RecordComponent component) {
    Optional<AttributeValue> value = item.attribute(component.getName());
    Type target = component.getGenericType();
    try {
      if (component.getType() == Optional.class) {
        return value.map(present -> java(present, argument(target, 0)));
      }
      return java(
          value.orElseThrow(() -> new IllegalArgumentException("the row does not have this attribute")),
          target);
    } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
      throw mistake(type, component, e.getMessage(), e);
    }
  }

  private static Object java(AttributeValue value, Type target) {
    Class<?> type = raw(target);
    if (!any(type) && type.isInstance(value)) {
      return value;
    }
    return switch (value) {
      case S(String text) -> fromString(text, type);
      case N(BigDecimal number) -> fromNumber(number, type);
      case Bool(boolean bool) when type == boolean.class || type == Boolean.class || any(type) ->
          bool;
      case B(var bytes) when type == byte[].class || any(type) -> bytes.toArray();
      case B(var bytes) when type == Bytes.class -> bytes;
      case L(var values) when type.isAssignableFrom(List.class) ->
          values.stream().map(each -> java(each, argument(target, 0))).toList();
      case M map when type.isRecord() -> record(map.item(), type.asSubclass(Record.class));
      case M map when type == Item.class -> map.item();
      case M(var values) when type.isAssignableFrom(LinkedHashMap.class) -> {
        LinkedHashMap<String, Object> copy = new LinkedHashMap<>();
        values.forEach((name, each) -> copy.put(name, java(each, argument(target, 1))));
        yield copy;
      }
      case Ss(var values) when type.isAssignableFrom(LinkedHashSet.class) ->
          set(values.stream().map(each -> java(new S(each), argument(target, 0))));
      case Ns(var values) when type.isAssignableFrom(LinkedHashSet.class) ->
          set(values.stream().map(each -> java(new N(each), argument(target, 0))));
      case Bs(var values) when type.isAssignableFrom(LinkedHashSet.class) ->
          set(values.stream().map(each -> java(new B(each), argument(target, 0))));
      case Bool _, B _, L _, M _, Ss _, Ns _, Bs _, Null _ -> throw misfit(value.type(), type);
    };
  }

  private static Set<Object> set(java.util.stream.Stream<Object> values) {
    Set<Object> all = new LinkedHashSet<>();
    values.forEach(all::add);
    return all;
  }

  private static Object fromString(String text, Class<?> type) {
    if (type.isAssignableFrom(String.class)) {
      return text;
    } else if (type == Instant.class) {
      return Instant.parse(text);
    } else if (type == UUID.class) {
      return UUID.fromString(text);
    } else if (type.isEnum()) {
      for (Object constant : type.getEnumConstants()) {
        if (((Enum<?>) constant).name().equals(text)) {
          return constant;
        }
      }
    }
    throw misfit("S", type);
  }

  private static Object fromNumber(BigDecimal number, Class<?> type) {
    if (WHOLE.contains(type)) {
      whole(number);
    }
    if (type == int.class || type == Integer.class) {
      return number.intValueExact();
    } else if (type == long.class || type == Long.class) {
      return number.longValueExact();
    } else if (type == double.class || type == Double.class) {
      return number.doubleValue();
    } else if (type == float.class || type == Float.class) {
      return number.floatValue();
    } else if (type == short.class || type == Short.class) {
      return number.shortValueExact();
    } else if (type == byte.class || type == Byte.class) {
      return number.byteValueExact();
    } else if (type == BigInteger.class) {
      return number.toBigIntegerExact();
    } else if (type.isAssignableFrom(BigDecimal.class)) {
      return number;
    }
    throw misfit("N", type);
  }

  /** To find that out otherwise, Java would write all digits. */
  private static void whole(BigDecimal number) {
    if (number.scale() > 0) {
      throw new ArithmeticException(number + " is not a whole number");
    } else if (number.scale() < -MOST_ZEROS) {
      throw new ArithmeticException(number + " is beyond the range of DynamoDB's numbers");
    }
  }

  private static boolean any(Class<?> type) {
    return type == Object.class;
  }

  private static Class<?> raw(Type type) {
    return switch (type) {
      case Class<?> plain -> plain;
      case ParameterizedType generic -> (Class<?>) generic.getRawType();
      case WildcardType wildcard -> raw(wildcard.getUpperBounds()[0]);
      case TypeVariable<?> variable -> raw(variable.getBounds()[0]);
      default -> Object.class;
    };
  }

  private static Type argument(Type type, int index) {
    return switch (type) {
      case ParameterizedType generic -> generic.getActualTypeArguments()[index];
      case WildcardType wildcard -> argument(wildcard.getUpperBounds()[0], index);
      default -> Object.class;
    };
  }

  private static IllegalArgumentException misfit(String attributeType, Class<?> type) {
    return new IllegalArgumentException(
        "an attribute of type " + attributeType + " cannot be read as " + type.getSimpleName());
  }

  private static IllegalArgumentException mistake(
      Class<?> type, RecordComponent component, @Nullable String problem, @Nullable Throwable cause) {
    return new IllegalArgumentException(
        type.getSimpleName() + "." + component.getName() + ": " + problem, cause);
  }
}
