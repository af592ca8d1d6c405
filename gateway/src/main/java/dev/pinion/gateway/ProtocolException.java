package dev.pinion.gateway;

/** What a client sent breaks a rule of the protocol or a limit; the connection is closed with the status. */
final class ProtocolException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient CloseStatus status;

  ProtocolException(CloseStatus status) {
    super(status.code() + " " + status.reason(), null, false, false);
    this.status = status;
  }

  /** A violation of the protocol itself: 1002. */
  static ProtocolException violated() {
    return new ProtocolException(CloseStatus.of(1002));
  }

  /** A message or frame past its limit: 1009. */
  static ProtocolException tooLarge() {
    return new ProtocolException(CloseStatus.of(1009));
  }

  CloseStatus status() {
    return status;
  }
}
