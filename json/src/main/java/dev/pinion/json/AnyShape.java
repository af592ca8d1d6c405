package dev.pinion.json;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Any JSON but null. An array or object in it may hold null. */
enum AnyShape implements Shape {
  ANY;

  @Override
  public Object read(JsonReader in) throws Misfit {
    Object value = any(in);
    if (value == null) throw new Misfit("null");
    return value;
  }

  private static @Nullable Object any(JsonReader in) throws Misfit {
    return switch (in.peek()) {
      case TEXT -> in.string();
      case NUMBER -> ScalarShape.number(in.number());
      case BOOLEAN -> in.bool();
      case ARRAY -> array(in);
      case OBJECT -> object(in);
      case NULL -> {
        in.nothing();
        yield null;
      }
    };
  }

  private static Object array(JsonReader in) throws Misfit {
    List<@Nullable Object> elements = new ArrayList<>();
    in.enter();
    while (in.hasElement()) {
      try {
        elements.add(any(in));
      } catch (Misfit misfit) {
        throw misfit.in(elements.size());
      }
    }
    return Collections.unmodifiableList(elements);
  }

  private static Object object(JsonReader in) throws Misfit {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    in.enter();
    while (in.hasMember()) {
      String name = in.name();
      try {
        if (members.containsKey(name)) throw new Misfit("twice");
        members.put(name, any(in));
      } catch (Misfit misfit) {
        throw misfit.in(name);
      }
    }
    return Collections.unmodifiableMap(members);
  }
}
