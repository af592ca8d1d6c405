package dev.pinion.engine;

/** What a client sent breaks a rule of the protocol or a limit; the connection is closed with the status. */
public final class ProtocolException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient CloseStatus status;

  /**
   * A violation.
   *
   * @param what what the client sent, for the log: never the message itself
   */
  ProtocolException(CloseStatus status, String what) {
    super(what, null, false, false);
    this.status = status;
  }

  /** A violation of the protocol itself: 1002. */
  static ProtocolException violated(String what) {
    return new ProtocolException(CloseStatus.of(1002), what);
  }

  /** A message or frame past its limit: 1009. */
  static ProtocolException tooLarge(String what) {
    return new ProtocolException(CloseStatus.of(1009), what);
  }

  /** The status that the connection is to be closed with. */
  public CloseStatus status() {
    return status;
  }

  /** What the client sent, for the log. */
  public String what() {
    return String.valueOf(getMessage());
  }
}
