package dev.pinion.spi;

/** JSON for typed handlers and record messages. Implementations may be used from any thread. */
public interface JsonCodec {

  /**
   * Reads JSON into a record or another class.
   *
   * @throws MismatchException when the text is not JSON, a component is missing or null, or one has another type
   */
  <T> T read(String json, Class<T> type) throws MismatchException;

  /** Writes a record or another value as JSON. */
  String write(Object value);

  /** A text that does not fit the type it should be read into; the message names the place. */
  final class MismatchException extends Exception {
    private static final long serialVersionUID = 1L;

    /** An error that names the place, such as {@code room: missing}. */
    public MismatchException(String message) {
      super(message);
    }
  }
}
