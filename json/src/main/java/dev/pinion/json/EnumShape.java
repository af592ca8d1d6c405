package dev.pinion.json;

import java.util.LinkedHashMap;
import java.util.Map;

/** The constants of an enum, by name. */
record EnumShape(Map<String, Object> constants) implements Shape, Shape.Key {
  static EnumShape of(Class<?> type) {
    Map<String, Object> constants = new LinkedHashMap<>();
    for (Object constant : type.getEnumConstants()) {
      constants.put(((Enum<?>) constant).name(), constant);
    }
    return new EnumShape(constants);
  }

  @Override
  public Object read(JsonReader in) throws Misfit {
    if (in.peek() != JsonReader.Kind.TEXT) throw Shape.wrong(in, "text");
    return of(in.string());
  }

  @Override
  public Object of(String name) throws Misfit {
    Object constant = constants.get(name);
    if (constant == null) throw new Misfit("not one of " + String.join(", ", constants.keySet()));
    return constant;
  }
}
