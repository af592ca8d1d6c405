package dev.pinion.json;

import dev.pinion.spi.RecordType;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A record, read through its canonical constructor. */
final class RecordShape implements Shape {
  private final Constructor<?> constructor;
  private final List<RecordType.Component> declared;
  private final Map<String, Integer> positions = new HashMap<>();
  private final Optional<RecordType.Tag> tag;
  private Shape[] components = {};

  /** Creates a shape whose components are still to come: a record may contain itself. */
  RecordShape(RecordType type) {
    declared = type.components();
    tag = type.tag();
    for (int i = 0; i < declared.size(); i++) {
      positions.put(declared.get(i).name(), i);
    }
    Class<?>[] parameters =
        Arrays.stream(type.type().getRecordComponents()).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      constructor = type.type().getDeclaredConstructor(parameters);
    } catch (NoSuchMethodException impossible) {
      throw new IllegalStateException(type.type().getName(), impossible);
    }
    constructor.setAccessible(true);
  }

  void complete(Shape[] all) {
    components = all;
  }

  @Override
  public Object read(JsonReader in) throws Misfit {
    if (in.peek() != JsonReader.Kind.OBJECT) throw Shape.wrong(in, "an object");
    @Nullable Object[] values = new @Nullable Object[components.length];
    boolean[] seen = new boolean[components.length];
    boolean tagged = false;
    in.enter();
    while (in.hasMember()) {
      String name = in.name();
      try {
        Integer position = positions.get(name);
        if (position != null) {
          if (seen[position]) throw new Misfit("twice");
          seen[position] = true;
          values[position] = components[position].read(in);
        } else if (tag.isPresent() && tag.get().member().equals(name)) {
          if (tagged) throw new Misfit("twice");
          tagged = true;
          checkTag(in, tag.get());
        } else {
          in.skip();
        }
      } catch (Misfit misfit) {
        throw misfit.in(name);
      }
    }
    fillIn(values, seen);
    return construct(values);
  }

  private static void checkTag(JsonReader in, RecordType.Tag tag) throws Misfit {
    if (in.peek() != JsonReader.Kind.TEXT) throw Shape.wrong(in, "text");
    if (!in.string().equals(tag.value())) throw new Misfit("not " + tag.value());
  }

  private void fillIn(@Nullable Object[] values, boolean[] seen) throws Misfit {
    for (int i = 0; i < values.length; i++) {
      if (!seen[i]) {
        if (!(components[i] instanceof OfOptional optional)) throw new Misfit("missing").in(declared.get(i).name());
        values[i] = optional.missing();
      }
    }
  }

  private Object construct(@Nullable Object[] values) throws Misfit {
    try {
      return constructor.newInstance(values);
    } catch (InvocationTargetException thrown) {
      if (thrown.getCause() instanceof IllegalArgumentException refusal) {
        throw new Misfit(String.valueOf(refusal.getMessage()), refusal);
      }
      throw rethrown(thrown);
    } catch (InstantiationException | IllegalAccessException impossible) {
      throw new IllegalStateException(constructor.toString(), impossible);
    }
  }

  /** Returns what the app's own code threw. */
  static RuntimeException rethrown(InvocationTargetException thrown) {
    return switch (thrown.getCause()) {
      case RuntimeException exception -> exception;
      case Error error -> throw error;
      case null, default -> new IllegalStateException(thrown.getCause());
    };
  }
}
