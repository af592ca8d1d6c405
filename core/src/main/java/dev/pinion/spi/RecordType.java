package dev.pinion.spi;

import java.util.List;
import java.util.Optional;

/** A record: a JSON object with a member for each component. */
public final class RecordType implements MessageType {
  private final Class<?> type;
  private final Optional<Tag> tag;
  private List<Component> components = List.of();

  /** A component and the member of the same name. */
  public record Component(String name, MessageType type) {}

  /**
   * The discriminator that a record of a sealed interface carries.
   *
   * @param member the member's name
   * @param value what it holds
   */
  public record Tag(String member, String value) {}

  RecordType(Class<?> type, Optional<Tag> tag) {
    this.type = type;
    this.tag = tag;
  }

  /**
   * Returns the discriminator that values of a record class are written with.
   *
   * @throws UnsupportedTypeException if its sealed interfaces name different ones
   */
  public static Optional<Tag> tagOf(Class<?> type) {
    return Tags.of(type);
  }

  /** Closes the cycle of a record that contains itself; called once, before the model is handed out. */
  void complete(List<Component> all) {
    components = List.copyOf(all);
  }

  /** Returns the record class. */
  public Class<?> type() {
    return type;
  }

  /** Returns the discriminator; empty if the record is not of a sealed interface. */
  public Optional<Tag> tag() {
    return tag;
  }

  /** Returns the components in their order. */
  public List<Component> components() {
    return components;
  }
}
