package dev.pinion.json;

import dev.pinion.spi.JsonCodec;
import dev.pinion.spi.MessageType;

/**
 * The JSON of messages: a record is an object whose members are its components. {@link MessageType} has the supported
 * types, {@code docs/messages.md} the rules.
 *
 * <p>Reading is strict. The text is JSON as RFC 8259 defines it, with nothing after it, and no member of an object
 * occurs twice. No value is converted: {@code "1"} is not a number, {@code 1.0} not an {@code int}. Unknown members are
 * skipped. A component that is neither an {@link java.util.Optional} nor nullable must be there and not null. A record
 * whose constructor throws {@link IllegalArgumentException} has refused the value. What is read is immutable, except
 * {@code byte[]}.
 *
 * <p>Limits: 255 levels of nesting in what is read and written, 1,000 characters for a number that is read, an exponent
 * of at most 10,000.
 *
 * <p>Components and elements are written in their order, so the same value gives the same text. An empty Optional
 * component is left out, null is written.
 *
 * <p>Any thread may use a codec. What it knows of a class lives as long as the class.
 */
public final class RecordCodec implements JsonCodec {
  private final ClassValue<Shape> shapes =
      new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
          return Shapes.of(MessageType.of(type));
        }
      };
  private final ClassValue<RecordOutput> records =
      new ClassValue<>() {
        @Override
        protected RecordOutput computeValue(Class<?> type) {
          return new RecordOutput(type);
        }
      };

  /** Creates a codec that knows no class yet. */
  public RecordCodec() {}

  @Override
  public <T> T read(String json, Class<T> type) throws MismatchException {
    Shape shape = type == Object.class ? AnyShape.ANY : shapes.get(type);
    JsonReader in = new JsonReader(json);
    try {
      Object value = shape.read(in);
      in.end();
      if (value == null) throw new Misfit("null");
      @SuppressWarnings("unchecked") // a shape reads values of its type; for a primitive that is the box
      T result = (T) value;
      return result;
    } catch (Misfit misfit) {
      throw misfit.mismatch();
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if a number is not finite, a map has the key null, or a value contains itself
   */
  @Override
  public String write(Object value) {
    Output out = new Output(records);
    out.write(value);
    return out.toString();
  }
}
