package dev.pinion.spi;

import dev.pinion.Config;
import dev.pinion.Connection;
import dev.pinion.HttpApi;
import dev.pinion.Item;
import dev.pinion.Secret;
import dev.pinion.Table;
import dev.pinion.WebSocket;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What to use instead of a type that is not supported in messages. */
final class Substitutes {
  private static final String RECORD =
      "use a record, or a sealed interface, enum, List, Set, Map, Optional, String, number, boolean, java.time type,"
          + " UUID, URI or byte[]";
  /** By the type or one of its supertypes; the first one wins. */
  private static final Map<Class<?>, String> BY_TYPE = new LinkedHashMap<>();

  static {
    BY_TYPE.put(Table.class, "use the rows, or a record of what the client needs of them");
    BY_TYPE.put(Item.class, "use a record, such as item.as(Row.class)");
    BY_TYPE.put(WebSocket.class, "use its url()");
    BY_TYPE.put(HttpApi.class, "use its url()");
    BY_TYPE.put(Connection.class, "use its id(); a message comes after the id, as in sendMessage(id, message)");
    BY_TYPE.put(Config.class, "use its value()");
    BY_TYPE.put(Secret.class, "do not send secrets");
    BY_TYPE.put(java.util.Date.class, "use java.time.Instant");
    BY_TYPE.put(java.util.Calendar.class, "use java.time.ZonedDateTime");
    BY_TYPE.put(java.util.TimeZone.class, "use java.time.ZoneId");
    BY_TYPE.put(java.net.URL.class, "use java.net.URI");
    BY_TYPE.put(java.util.OptionalInt.class, "use Optional<Integer>");
    BY_TYPE.put(java.util.OptionalLong.class, "use Optional<Long>");
    BY_TYPE.put(java.util.OptionalDouble.class, "use Optional<Double>");
    BY_TYPE.put(CharSequence.class, "use String");
    BY_TYPE.put(Throwable.class, "use its message, or a record");
    BY_TYPE.put(Map.class, "use Map");
    BY_TYPE.put(java.util.Set.class, "use Set");
    BY_TYPE.put(Collection.class, "use List");
    BY_TYPE.put(java.util.stream.BaseStream.class, "use a List, such as stream.toList()");
    BY_TYPE.put(java.util.Iterator.class, "use a List");
    BY_TYPE.put(Iterable.class, "use a List");
    BY_TYPE.put(java.nio.ByteBuffer.class, "use byte[]");
    BY_TYPE.put(java.io.File.class, "use String");
    BY_TYPE.put(java.nio.file.Path.class, "use String");
    BY_TYPE.put(java.util.concurrent.atomic.AtomicInteger.class, "use int");
    BY_TYPE.put(java.util.concurrent.atomic.AtomicLong.class, "use long");
    BY_TYPE.put(Number.class, "use BigDecimal, int, long or double");
    BY_TYPE.put(java.util.concurrent.Future.class, "use its result");
    BY_TYPE.put(java.util.concurrent.CompletionStage.class, "use its result, as in future.join()");
  }

  private Substitutes() {}

  /** Returns the problem of a type that a component, or a route if there is no owner, is declared with. */
  static String of(Type type, String owner) {
    return type instanceof Class<?> plain ? at(owner, plain) + reason(plain)
        : owner + " is a " + type.getTypeName() + ", which is not supported: use List instead of an array";
  }

  /** Returns the problem of a value's class. */
  static String problem(Class<?> type) {
    return at("", type) + reason(type);
  }

  /** Begins a problem: {@code Post.at is of type Date, which }, or {@code Date }. */
  static String at(String owner, Class<?> type) {
    String name = type.isHidden() ? "a lambda" : Tags.name(known(type));
    return owner.isEmpty() ? name + " " : owner + " is of type " + name + ", which ";
  }

  /** Returns the class, or what a user knows it as if it is one of the JDK's own. */
  private static Class<?> known(Class<?> type) {
    for (Class<?> each = type; each.getClassLoader() == null && each.getSuperclass() != null; each =
        each.getSuperclass()) {
      if (Modifier.isPublic(each.getModifiers())) return each;
      for (Class<?> parent : each.getInterfaces()) {
        if (Modifier.isPublic(parent.getModifiers())) return parent;
      }
    }
    return type;
  }

  private static String reason(Class<?> type) {
    for (Map.Entry<Class<?>, String> each : BY_TYPE.entrySet()) {
      if (each.getKey().isAssignableFrom(type)) return "is not supported in messages: " + each.getValue();
    }
    if (type.isArray()) {
      return "is not supported in messages: use List<" + boxed(type.getComponentType()) + ">";
    }
    if (type.isHidden() || type.isAnnotationPresent(FunctionalInterface.class)) {
      return "is not supported in messages: use a value";
    }
    if (type.isInterface()) {
      return "is an interface that is not sealed: make it a sealed interface of records";
    }
    return "is not supported in messages: " + RECORD;
  }

  private static String boxed(Class<?> type) {
    return List.of(int.class, long.class, short.class, double.class, float.class, boolean.class, char.class)
        .contains(type) ? java.lang.invoke.MethodType.methodType(type).wrap().returnType().getSimpleName()
            : Tags.name(type);
  }
}
