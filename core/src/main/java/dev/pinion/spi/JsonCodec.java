package dev.pinion.spi;

/** Converts between JSON and Java objects, for typed handlers and record messages. Any thread. */
public interface JsonCodec {

  /**
   * Reads JSON into a record or another class.
   *
   * @throws MismatchException if the text is not JSON, or if a component is missing, is null or has another type
   */
  <T> T read(String json, Class<T> type) throws MismatchException;

  /** Writes a record or another value as JSON. */
  String write(Object value);

  /** Thrown when JSON does not fit the requested type. The message names the place. */
  final class MismatchException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Creates an exception whose message names the place, such as {@code room: missing}. */
    public MismatchException(String message) {
      super(message);
    }
  }
}
