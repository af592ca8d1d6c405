package dev.pinion.json;

import dev.pinion.spi.MessageType;
import dev.pinion.spi.MessageType.AnyType;
import dev.pinion.spi.MessageType.EnumType;
import dev.pinion.spi.MessageType.ListType;
import dev.pinion.spi.MessageType.MapType;
import dev.pinion.spi.MessageType.OptionalType;
import dev.pinion.spi.RecordType;
import dev.pinion.spi.ScalarType;
import dev.pinion.spi.SealedType;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** The shapes of one route's type. Used once, by one thread. */
final class Shapes {
  private final Map<MessageType, Shape> known = new HashMap<>();

  /** Returns the shape of a type. */
  static Shape of(MessageType type) {
    return new Shapes().shape(type);
  }

  private Shape shape(MessageType type) {
    return switch (type) {
      case AnyType _ -> AnyShape.ANY;
      case ScalarType scalar -> new ScalarShape(scalar);
      case EnumType(Class<?> constants) -> EnumShape.of(constants);
      case ListType(MessageType element, boolean set) -> new Shape.OfList(shape(element), set);
      case MapType(MessageType key, MessageType value) ->
          new Shape.OfMap(
              key instanceof EnumType(Class<?> constants)
                  ? EnumShape.of(constants)
                  : new ScalarShape((ScalarType) key),
              shape(value));
      case OptionalType(MessageType value, boolean wrapped) -> new Shape.OfOptional(shape(value), wrapped);
      case RecordType record -> record(record);
      case SealedType sealed -> sealed(sealed);
    };
  }

  private Shape record(RecordType type) {
    Shape earlier = known.get(type);
    if (earlier != null) return earlier;
    RecordShape shape = new RecordShape(type);
    known.put(type, shape);
    shape.complete(type.components().stream().map(component -> shape(component.type())).toArray(Shape[]::new));
    return shape;
  }

  private Shape sealed(SealedType type) {
    Shape earlier = known.get(type);
    if (earlier != null) return earlier;
    SealedShape shape = new SealedShape(type.discriminator());
    known.put(type, shape);
    Map<String, Shape> records = new LinkedHashMap<>();
    type.records().forEach((value, record) -> records.put(value, record(record)));
    shape.complete(records);
    return shape;
  }
}
