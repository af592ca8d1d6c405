package dev.pinion.json;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** How JSON must look to be read as one Java type. Any thread may use a shape. */
sealed interface Shape
    permits AnyShape, ScalarShape, EnumShape, RecordShape, SealedShape, Shape.OfList, Shape.OfMap, Shape.OfOptional {

  /** Reads the next value; null only if {@link #isOptional}. */
  @Nullable
  Object read(JsonReader in) throws Misfit;

  /** Whether the value may be null, and missing from an object. */
  default boolean isOptional() {
    return false;
  }

  /** Returns what to say of a value of another kind. */
  static Misfit wrong(JsonReader in, String wanted) throws Misfit {
    return new Misfit(in.peek() == JsonReader.Kind.NULL ? "null" : "not " + wanted);
  }

  /** A list, or a set in which an element that comes twice counts once. */
  record OfList(Shape element, boolean set) implements Shape {
    @Override
    public Object read(JsonReader in) throws Misfit {
      if (in.peek() != JsonReader.Kind.ARRAY) throw wrong(in, "an array");
      List<@Nullable Object> elements = new ArrayList<>();
      in.enter();
      while (in.hasElement()) {
        try {
          elements.add(element.read(in));
        } catch (Misfit misfit) {
          throw misfit.in(elements.size());
        }
      }
      return set ? Collections.unmodifiableSequencedSet(new LinkedHashSet<>(elements))
          : Collections.unmodifiableList(elements);
    }
  }

  /** A map, in the order of the JSON. */
  record OfMap(Key key, Shape value) implements Shape {
    @Override
    public Object read(JsonReader in) throws Misfit {
      if (in.peek() != JsonReader.Kind.OBJECT) throw wrong(in, "an object");
      SequencedMap<Object, @Nullable Object> members = new LinkedHashMap<>();
      in.enter();
      while (in.hasMember()) {
        String name = in.name();
        try {
          Object member = key.of(name);
          if (members.containsKey(member)) throw new Misfit("twice");
          members.put(member, value.read(in));
        } catch (Misfit misfit) {
          throw misfit.in(name);
        }
      }
      return Collections.unmodifiableSequencedMap(members);
    }
  }

  /** How the name of a member becomes a map's key. */
  interface Key {
    Object of(String name) throws Misfit;
  }

  /**
   * A value that may be null or missing.
   *
   * @param wrapped whether it is read into an {@link Optional}
   */
  record OfOptional(Shape value, boolean wrapped) implements Shape {
    @Override
    public boolean isOptional() {
      return true;
    }

    @Override
    public @Nullable Object read(JsonReader in) throws Misfit {
      if (in.peek() == JsonReader.Kind.NULL) {
        in.nothing();
        return missing();
      }
      Object present = value.read(in);
      return wrapped ? Optional.ofNullable(present) : present;
    }

    /** Returns what a missing member is read as. */
    @Nullable
    Object missing() {
      return wrapped ? Optional.empty() : null;
    }
  }
}
