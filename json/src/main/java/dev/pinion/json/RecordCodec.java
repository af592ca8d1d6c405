package dev.pinion.json;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import dev.pinion.spi.JsonCodec;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;

/**
 * JSON as records, and records as JSON: a member is a component of the same name.
 *
 * <p>Read and written are records, {@link String}, {@code boolean}, {@code char}, all number types of {@code java.lang}
 * and {@code java.math}, enums by name, {@link java.time.Instant} and {@link java.util.UUID} as text, {@code byte[]} as
 * Base64, {@link java.util.List}, {@link java.util.Set} and {@link java.util.Map} with text keys, {@link
 * java.util.Optional} of these, and {@link Object} for any JSON: text, {@link Boolean}, {@link Long} (past its range
 * {@link java.math.BigInteger}), {@link Double}, lists and maps. Records may be private and of any class loader. What
 * is read is immutable, except {@code byte[]}.
 *
 * <p>Reading is strict. Only JSON as RFC 8259 defines it is taken, nothing after it, no member twice. A component that
 * is not an {@link java.util.Optional} must be there and not null. No value is converted: {@code "1"} is not a number,
 * {@code 1.0} not an {@code int}. A record whose constructor throws {@link IllegalArgumentException} has refused the
 * value. Members that the record does not have are skipped.
 *
 * <p>Limits: 255 levels of nesting, 1,000 characters for a number, an exponent of at most 10,000.
 *
 * <p>An empty {@link java.util.Optional} component is not written. Components and elements keep their order, so the
 * same value gives the same text.
 *
 * <p>Any thread may use a codec. It keeps what it has learned of a class for as long as that class lives.
 */
public final class RecordCodec implements JsonCodec {
  private final Shapes shapes = new Shapes();

  /** A codec that knows no class yet. */
  public RecordCodec() {}

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException when the class, or one of its components, is not of a type that is read
   */
  @Override
  public <T> T read(String json, Class<T> type) throws MismatchException {
    Shape shape = shapes.of(type);
    JsonReader in = new JsonReader(new StringReader(json));
    in.setStrictness(Strictness.STRICT);
    in.setNestingLimit(Place.NESTING_LIMIT);
    try {
      Object value = shape.read(in);
      if (in.peek() != JsonToken.END_DOCUMENT) {
        throw new MismatchException("not JSON: there is more after the value");
      }
      @SuppressWarnings("unchecked") // a shape reads values of its type; for a primitive that is the box
      T result = (T) value;
      return result;
    } catch (IOException malformed) {
      throw Place.notJson(in, malformed);
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException when a value in it is not of a type that is written, or a number is not finite
   */
  @Override
  public String write(Object value) {
    StringBuilder text = new StringBuilder();
    try {
      new Output(text, shapes).write(value);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text.toString();
  }
}
