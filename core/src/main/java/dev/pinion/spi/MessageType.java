package dev.pinion.spi;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A Java type that JSON messages are read into and written from. The rules are in {@code docs/messages.md}; the codec,
 * the check of routes, the console's samples and the inspection all follow this model.
 *
 * <p>Values are immutable and may be used by any thread. A record that contains itself is a cycle in the model.
 */
public sealed interface MessageType
    permits
    ScalarType,
    MessageType.AnyType,
    MessageType.EnumType,
    MessageType.ListType,
    MessageType.MapType,
    MessageType.OptionalType,
    RecordType,
    SealedType {

  /**
   * Returns the model of a route's type.
   *
   * @throws UnsupportedTypeException if the type, or a part of it, is not supported
   */
  static MessageType of(Class<?> type) {
    return type == Object.class ? AnyType.ANY : TypeReader.TYPES.get(type).orThrow();
  }

  /**
   * Returns why a value of a class cannot be sent, and what to send instead. Empty for a supported class; what is
   * inside a record, collection, map or {@link Optional} is not looked at.
   */
  static Optional<String> unsupported(Class<?> type) {
    boolean supported =
        CharSequence.class.isAssignableFrom(type)
            || type.isRecord()
            || Enum.class.isAssignableFrom(type)
            || java.util.Collection.class.isAssignableFrom(type)
            || Map.class.isAssignableFrom(type)
            || type == Optional.class
            || ScalarType.ofValue(type).isPresent();
    return supported ? Optional.empty() : Optional.of(Substitutes.problem(type));
  }

  /** Any JSON value: text, boolean, number, list or map. */
  enum AnyType implements MessageType {
    ANY
  }

  /** An enum, whose constants are texts. */
  record EnumType(Class<?> type) implements MessageType {}

  /**
   * An array.
   *
   * @param set whether it is read into a {@link java.util.Set}, otherwise into a {@link List}
   */
  record ListType(MessageType element, boolean set) implements MessageType {}

  /**
   * An object with any members.
   *
   * @param key a scalar whose text is the member's name, or an enum
   */
  record MapType(MessageType key, MessageType value) implements MessageType {}

  /**
   * A value that may be null, and missing if it is a record's component.
   *
   * @param wrapped whether it is read into an {@link Optional}; otherwise it is null in Java, too
   */
  record OptionalType(MessageType value, boolean wrapped) implements MessageType {}
}
