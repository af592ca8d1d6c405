package dev.pinion;

import dev.pinion.AttributeValue.L;
import dev.pinion.AttributeValue.M;
import dev.pinion.AttributeValue.S;
import dev.pinion.AttributeValue.Ss;
import dev.pinion.spi.TableModel;
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
 * A row of a table: attributes with names and values, in the order in which they were added. Immutable.
 *
 * <p>A table does not keep the order, so a row that is read may have another one. Items are equal regardless of order.
 * A row has up to 400 KB, including the names of its attributes.
 *
 * <p>The typed readers throw {@link NoSuchElementException} if the item does not have the attribute, and {@link
 * ClassCastException} if the attribute has another type; both messages name the attribute. If an attribute may be
 * missing, call {@link #has} or {@link #attribute} first.
 */
public final class Item {
  private final SequencedMap<String, AttributeValue> attributes;
  /** The table that it was read from, for messages. */
  private final Optional<TableModel> table;

  private Item(SequencedMap<String, AttributeValue> attributes) {
    this(Collections.unmodifiableSequencedMap(attributes), Optional.empty());
  }

  private Item(SequencedMap<String, AttributeValue> attributes, Optional<TableModel> table) {
    this.attributes = attributes;
    this.table = table;
  }

  /** Returns this item as a row of a table, which messages then name. */
  Item of(TableModel origin) {
    return new Item(attributes, Optional.of(origin));
  }

  /** Creates an item with one attribute. Values are converted as in {@link AttributeValue#of}. */
  public static Item of(String name, Object value) {
    return of(Map.of()).with(name, value);
  }

  /** Creates an item with two attributes. */
  public static Item of(String name1, Object value1, String name2, Object value2) {
    return of(name1, value1).with(name2, value2);
  }

  /** Creates an item with three attributes. */
  public static Item of(
      String name1, Object value1, String name2, Object value2, String name3, Object value3) {
    return of(name1, value1, name2, value2).with(name3, value3);
  }

  /** Creates an item with four attributes. */
  public static Item of(
      String name1, Object value1, String name2, Object value2, String name3, Object value3, String name4,
      Object value4) {
    return of(name1, value1, name2, value2, name3, value3).with(name4, value4);
  }

  /** Creates an item with five attributes; add more with {@link #with}. */
  public static Item of(
      String name1, Object value1, String name2, Object value2, String name3, Object value3, String name4,
      Object value4, String name5, Object value5) {
    return of(name1, value1, name2, value2, name3, value3, name4, value4).with(name5, value5);
  }

  /** Creates an item from the entries of a map, in the map's order. */
  public static Item of(Map<String, AttributeValue> attributes) {
    return new Item(new LinkedHashMap<>(attributes));
  }

  /**
   * Creates an item from the components of a record. An empty {@link Optional} becomes no attribute.
   *
   * @throws IllegalArgumentException if DynamoDB has no type for a component; the message names it
   */
  public static Item from(Record row) {
    return ((M) AttributeValue.of(row)).item();
  }

  /**
   * Returns a copy of this item with an attribute added or replaced.
   *
   * @throws IllegalArgumentException if DynamoDB has no type for the value; the message names the attribute
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

  /** Returns a copy of this item without an attribute. */
  public Item without(String name) {
    SequencedMap<String, AttributeValue> copy = new LinkedHashMap<>(attributes);
    copy.remove(name);
    return new Item(copy);
  }

  /**
   * Converts this item to a record. Each component is read from the attribute with its name. Only the attribute of an
   * {@link Optional} component may be missing.
   *
   * @throws IllegalArgumentException if an attribute is missing or has another type; the message names the component
   */
  public <T extends Record> T as(Class<T> type) {
    return Rows.record(this, type);
  }

  /** All attributes. */
  public SequencedMap<String, AttributeValue> attributes() {
    return attributes;
  }

  /** Whether the item has an attribute, even if its value is null. */
  public boolean has(String name) {
    return attributes.containsKey(name);
  }

  /** Returns the value of an attribute; empty if the item does not have it. */
  public Optional<AttributeValue> attribute(String name) {
    return Optional.ofNullable(attributes.get(name));
  }

  /** Reads a string attribute. */
  public String string(String name) {
    return read(name, S.class).value();
  }

  /** Reads a number attribute, exactly. */
  public BigDecimal number(String name) {
    return read(name, AttributeValue.N.class).value();
  }

  /**
   * Reads a number attribute as a {@code long}.
   *
   * @throws ArithmeticException if the number has a fraction or does not fit into a {@code long}
   */
  public long integer(String name) {
    return number(name).longValueExact();
  }

  /** Reads a boolean attribute. */
  public boolean bool(String name) {
    return read(name, AttributeValue.Bool.class).value();
  }

  /** Reads a binary attribute. */
  public byte[] bytes(String name) {
    return read(name, AttributeValue.B.class).value().toArray();
  }

  /** Reads a list attribute. */
  public List<AttributeValue> list(String name) {
    return read(name, L.class).values();
  }

  /** Reads a map attribute. */
  public Item map(String name) {
    return read(name, M.class).item();
  }

  /** Reads a string set attribute. */
  public SequencedSet<String> strings(String name) {
    return read(name, Ss.class).values();
  }

  /** Reads a number set attribute. */
  public SequencedSet<BigDecimal> numbers(String name) {
    return read(name, AttributeValue.Ns.class).values();
  }

  private <T extends AttributeValue> T read(String name, Class<T> type) {
    AttributeValue value = attributes.get(name);
    if (value == null) {
      throw new NoSuchElementException(place() + "no attribute '" + name + "' in " + attributes.keySet());
    }
    if (!type.isInstance(value)) {
      throw new ClassCastException(
          place() + "attribute '" + name + "' is " + TypeNames.described(value) + " (" + value.type()
              + "), not of type "
              + type.getSimpleName() + ": call " + TypeNames.readers(value, name));
    }
    return type.cast(value);
  }

  private String place() {
    return table.map(each -> "table '" + each.id() + "' (" + each.location() + "): ").orElse("");
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
