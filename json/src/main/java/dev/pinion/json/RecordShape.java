package dev.pinion.json;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import dev.pinion.spi.JsonCodec.MismatchException;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A record, read through its canonical constructor and written through its accessors. */
final class RecordShape implements Shape {
  private final Constructor<?> constructor;
  private final String[] names;
  private final Type[] types;
  private final Method[] accessors;
  private final Map<String, Integer> positions = new HashMap<>();
  private final Shapes shapes;
  private volatile Shape @Nullable [] components;

  RecordShape(Class<?> type, Shapes shapes) {
    this.shapes = shapes;
    RecordComponent[] declared = type.getRecordComponents();
    names = new String[declared.length];
    types = new Type[declared.length];
    accessors = new Method[declared.length];
    Class<?>[] parameters = new Class<?>[declared.length];
    for (int i = 0; i < declared.length; i++) {
      names[i] = declared[i].getName();
      types[i] = declared[i].getGenericType();
      parameters[i] = declared[i].getType();
      accessors[i] = declared[i].getAccessor();
      accessors[i].setAccessible(true);
      positions.put(names[i], i);
    }
    try {
      constructor = type.getDeclaredConstructor(parameters);
    } catch (NoSuchMethodException impossible) {
      throw new IllegalStateException(type.getName(), impossible);
    }
    constructor.setAccessible(true);
  }

  /** The components' shapes, found at the first read: a record may contain itself. */
  Shape[] components() {
    Shape[] found = components;
    if (found == null) {
      found = new Shape[types.length];
      for (int i = 0; i < types.length; i++) {
        found[i] = shapes.of(types[i], constructor.getDeclaringClass().getSimpleName().concat(".").concat(names[i]));
      }
      components = found;
    }
    return found;
  }

  @Override
  public Object read(JsonReader in) throws IOException, MismatchException {
    if (in.peek() != JsonToken.BEGIN_OBJECT) {
      throw Place.mismatch(in, Scalar.wrong(in, "an object"));
    }
    Shape[] shape = components();
    @Nullable Object[] values = new @Nullable Object[names.length];
    in.beginObject();
    while (in.hasNext()) {
      Integer position = positions.get(in.nextName());
      if (position == null) {
        AnyShape.skip(in);
      } else if (values[position] != null) {
        throw Place.mismatch(in, "twice");
      } else {
        values[position] = shape[position].read(in);
      }
    }
    in.endObject();
    for (int i = 0; i < values.length; i++) {
      if (values[i] == null) {
        if (!(shape[i] instanceof OfOptional)) {
          throw Place.mismatchInside(in, names[i], "missing");
        }
        values[i] = Optional.empty();
      }
    }
    return construct(in, values);
  }

  private Object construct(JsonReader in, @Nullable Object[] values) throws MismatchException {
    try {
      return constructor.newInstance(values);
    } catch (InvocationTargetException thrown) {
      if (thrown.getCause() instanceof IllegalArgumentException refusal) {
        MismatchException mismatch = Place.mismatchBefore(in, String.valueOf(refusal.getMessage()));
        mismatch.initCause(refusal);
        throw mismatch;
      }
      throw Shapes.rethrown(thrown);
    } catch (InstantiationException | IllegalAccessException impossible) {
      throw new IllegalStateException(constructor.toString(), impossible);
    }
  }

  /** Writes a record as an object. */
  void write(Object value, JsonWriter out, Output output) throws IOException {
    out.beginObject();
    for (int i = 0; i < names.length; i++) {
      Object component = component(value, accessors[i]);
      if (!(component instanceof Optional<?> optional && optional.isEmpty())) {
        out.name(names[i]);
        output.write(component);
      }
    }
    out.endObject();
  }

  private static @Nullable Object component(Object value, Method accessor) {
    try {
      return accessor.invoke(value);
    } catch (InvocationTargetException thrown) {
      throw Shapes.rethrown(thrown);
    } catch (IllegalAccessException impossible) {
      throw new IllegalStateException(accessor.toString(), impossible);
    }
  }
}
