package dev.pinion.json;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import dev.pinion.spi.JsonCodec.MismatchException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How JSON must look to be read as one Java type. Any thread may use a shape. */
sealed interface Shape
    permits Scalar, AnyShape, RecordShape, Shape.OfEnum, Shape.OfList, Shape.OfMap, Shape.OfOptional {

  /** Reads the value that comes next, which is never null. */
  Object read(JsonReader in) throws IOException, MismatchException;

  /** The constants of an enum, by name. */
  record OfEnum(Map<String, Object> constants) implements Shape {
    static OfEnum of(Class<?> type) {
      Map<String, Object> constants = new LinkedHashMap<>();
      for (Object constant : type.getEnumConstants()) {
        constants.put(((Enum<?>) constant).name(), constant);
      }
      return new OfEnum(constants);
    }

    @Override
    public Object read(JsonReader in) throws IOException, MismatchException {
      if (in.peek() != JsonToken.STRING) {
        throw Place.mismatch(in, Scalar.wrong(in, "text"));
      }
      Object constant = constants.get(in.nextString());
      if (constant == null) {
        throw Place.mismatchBefore(in, "not one of " + String.join(", ", constants.keySet()));
      }
      return constant;
    }
  }

  /** A list, or a set in which an element that comes twice counts once. */
  record OfList(Shape element, boolean set) implements Shape {
    @Override
    public Object read(JsonReader in) throws IOException, MismatchException {
      if (in.peek() != JsonToken.BEGIN_ARRAY) {
        throw Place.mismatch(in, Scalar.wrong(in, "an array"));
      }
      List<Object> elements = new ArrayList<>();
      in.beginArray();
      while (in.hasNext()) {
        elements.add(element.read(in));
      }
      in.endArray();
      return set ? Collections.unmodifiableSet(new LinkedHashSet<>(elements)) : Collections.unmodifiableList(elements);
    }
  }

  /** A map with text keys, in the order of the JSON. */
  record OfMap(Shape value) implements Shape {
    @Override
    public Object read(JsonReader in) throws IOException, MismatchException {
      if (in.peek() != JsonToken.BEGIN_OBJECT) {
        throw Place.mismatch(in, Scalar.wrong(in, "an object"));
      }
      Map<String, Object> members = new LinkedHashMap<>();
      in.beginObject();
      while (in.hasNext()) {
        String name = in.nextName();
        if (members.containsKey(name)) {
          throw Place.mismatch(in, "twice");
        }
        members.put(name, value.read(in));
      }
      in.endObject();
      return Collections.unmodifiableMap(members);
    }
  }

  /** A value that may be null. */
  record OfOptional(Shape value) implements Shape {
    @Override
    public Object read(JsonReader in) throws IOException, MismatchException {
      if (in.peek() == JsonToken.NULL) {
        in.nextNull();
        return Optional.empty();
      }
      return Optional.of(value.read(in));
    }
  }
}
