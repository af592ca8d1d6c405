package dev.pinion;

import dev.pinion.AttributeValue.L;
import dev.pinion.AttributeValue.M;
import dev.pinion.AttributeValue.S;
import dev.pinion.AttributeValue.Ss;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;

/**
 * A row of a table: named attributes with values, in the order in which they were put. Immutable.
 *
 * <p>A table keeps no order, so a row that is read may have another one; two items are equal whatever their order. A
 * row has up to 400 KB, names of attributes included.
 *
 * <p>The typed readers throw {@link NoSuchElementException} where the item has no such attribute and {@link
 * ClassCastException} where it has another type; both name the attribute. Ask {@link #has} or {@link #attribute} first
 * where an attribute may be absent.
 */
public final class Item {
  private final SequencedMap<String, AttributeValue> attributes;

  private Item(SequencedMap<String, AttributeValue> attributes) {
    this.attributes = Collections.unmodifiableSequencedMap(attributes);
  }

  /** An item of one attribute; values as in {@link AttributeValue#of}. */
  public static Item of(String name, Object value) {
    return of(Map.of()).with(name, value);
  }

  /** An item of two attributes. */
  public static Item of(String name1, Object value1, String name2, Object value2) {
    return of(name1, value1).with(name2, value2);
  }

  /** An item of three attributes; for more, go on with {@link #with}. */
  public static Item of(
      String name1, Object value1, String name2, Object value2, String name3, Object value3) {
    return of(name1, value1, name2, value2).with(name3, value3);
  }

  /** An item of a map's entries, in the map's order. */
  public static Item of(Map<String, AttributeValue> attributes) {
    return new Item(new LinkedHashMap<>(attributes));
  }

  /**
   * An item of a record's components. An empty {@link Optional} leaves its attribute out.
   *
   * @throws IllegalArgumentException for a component that DynamoDB has no type for, naming it
   */
  public static Item from(Record row) {
    return ((M) AttributeValue.of(row)).item();
  }

  /**
   * This item with one more attribute, or another value for one it has.
   *
   * @throws IllegalArgumentException for a value that DynamoDB has no type for, naming the attribute
   */
  public Item with(String name, Object value) {
    SequencedMap<String, AttributeValue> copy = new LinkedHashMap<>(attributes);
    try {
      copy.put(name, AttributeValue.of(value));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("attribute '" + name + "': " + e.getMessage(), e);
    }
    return new Item(copy);
  }

  /** This item without an attribute. */
  public Item without(String name) {
    SequencedMap<String, AttributeValue> copy = new LinkedHashMap<>(attributes);
    copy.remove(name);
    return new Item(copy);
  }

  /**
   * This item as a record: each component is read from the attribute of its name. A component of type {@link Optional}
   * may be absent.
   *
   * @throws IllegalArgumentException naming the component that is absent or has another type
   */
  public <T extends Record> T as(Class<T> type) {
    return Rows.record(this, type);
  }

  /** All attributes. */
  public SequencedMap<String, AttributeValue> attributes() {
    return attributes;
  }

  /** Whether there is such an attribute, be it a null. */
  public boolean has(String name) {
    return attributes.containsKey(name);
  }

  /** An attribute's value, empty where there is none. */
  public Optional<AttributeValue> attribute(String name) {
    return Optional.ofNullable(attributes.get(name));
  }

  /** A string attribute. */
  public String string(String name) {
    return read(name, S.class).value();
  }

  /** A number attribute, exact. */
  public BigDecimal number(String name) {
    return read(name, AttributeValue.N.class).value();
  }

  /**
   * A number attribute as a {@code long}.
   *
   * @throws ArithmeticException for a fraction, or a number past {@code long}
   */
  public long integer(String name) {
    return number(name).longValueExact();
  }

  /** A boolean attribute. */
  public boolean bool(String name) {
    return read(name, AttributeValue.Bool.class).value();
  }

  /** A binary attribute. */
  public byte[] bytes(String name) {
    return read(name, AttributeValue.B.class).value().toArray();
  }

  /** A list attribute. */
  public List<AttributeValue> list(String name) {
    return read(name, L.class).values();
  }

  /** A map attribute. */
  public Item map(String name) {
    return read(name, M.class).item();
  }

  /** A string set attribute. */
  public SequencedSet<String> strings(String name) {
    return read(name, Ss.class).values();
  }

  /** A number set attribute. */
  public SequencedSet<BigDecimal> numbers(String name) {
    return read(name, AttributeValue.Ns.class).values();
  }

  private <T extends AttributeValue> T read(String name, Class<T> type) {
    AttributeValue value = attributes.get(name);
    if (value == null) {
      throw new NoSuchElementException("no attribute '" + name + "' in " + attributes.keySet());
    }
    if (!type.isInstance(value)) {
      throw new ClassCastException(
          "attribute '" + name + "' is of type " + value.type() + ": read it with " + reader(name, value));
    }
    return type.cast(value);
  }

  /** The call that reads a value. */
  private static String reader(String name, AttributeValue value) {
    String method = switch (value) {
      case S _ -> "string";
      case AttributeValue.N(BigDecimal number) -> number.scale() <= 0 ? "integer" : "number";
      case AttributeValue.Bool _ -> "bool";
      case AttributeValue.B _ -> "bytes";
      case L _ -> "list";
      case M _ -> "map";
      case Ss _ -> "strings";
      case AttributeValue.Ns _ -> "numbers";
      case AttributeValue.Bs _, AttributeValue.Null _ -> "attribute";
    };
    return method + "(\"" + name + "\")";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Item item && attributes.equals(item.attributes);
  }

  @Override
  public int hashCode() {
    return attributes.hashCode();
  }

  @Override
  public String toString() {
    return "Item" + attributes;
  }
}
