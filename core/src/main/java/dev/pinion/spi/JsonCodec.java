package dev.pinion.spi;

/**
 * Converts between JSON and Java objects, for typed handlers and messages, by the rules of {@link MessageType}. Any
 * thread.
 */
public interface JsonCodec {

  /**
   * Reads JSON into a supported type.
   *
   * @throws MismatchException if the text is not JSON, a component is missing or null, or one has another type
   * @throws UnsupportedTypeException if the type is not supported
   */
  <T> T read(String json, Class<T> type) throws MismatchException;

  /**
   * Writes a value as JSON.
   *
   * @throws UnsupportedTypeException if the value, or one inside it, is not of a supported type
   */
  String write(Object value);

  /** Returns the text of a message to send: a {@link CharSequence} as it is, any other value as JSON. */
  default String text(Object message) {
    return message instanceof CharSequence text ? text.toString() : write(message);
  }

  /** Thrown when JSON does not fit the requested type. The message names the place. */
  final class MismatchException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Creates an exception whose message names the place, such as {@code room: missing}. */
    public MismatchException(String message) {
      super(message);
    }
  }
}
