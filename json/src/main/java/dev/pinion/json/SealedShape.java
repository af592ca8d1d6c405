package dev.pinion.json;

import java.util.LinkedHashMap;
import java.util.Map;

/** A sealed interface: an object whose discriminator, which need not come first, names the record. */
final class SealedShape implements Shape {
  private final String discriminator;
  private final Map<String, Shape> records = new LinkedHashMap<>();

  SealedShape(String discriminator) {
    this.discriminator = discriminator;
  }

  void complete(Map<String, Shape> all) {
    records.putAll(all);
  }

  @Override
  public Object read(JsonReader in) throws Misfit {
    if (in.peek() != JsonReader.Kind.OBJECT) throw Shape.wrong(in, "an object");
    JsonReader.Mark start = in.mark();
    Shape record = find(in);
    in.returnTo(start);
    Object value = record.read(in);
    if (value == null) throw new IllegalStateException(discriminator);
    return value;
  }

  private Shape find(JsonReader in) throws Misfit {
    in.enter();
    while (in.hasMember()) {
      String name = in.name();
      try {
        if (name.equals(discriminator)) return record(in);
        in.skip();
      } catch (Misfit misfit) {
        throw misfit.in(name);
      }
    }
    throw new Misfit("missing").in(discriminator);
  }

  private Shape record(JsonReader in) throws Misfit {
    if (in.peek() != JsonReader.Kind.TEXT) throw Shape.wrong(in, "text");
    Shape record = records.get(in.string());
    if (record == null) throw new Misfit("not one of " + String.join(", ", records.keySet()));
    return record;
  }
}
