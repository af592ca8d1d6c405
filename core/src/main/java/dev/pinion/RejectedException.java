package dev.pinion;

/** Thrown to reject a client with an HTTP status; created by {@link OpeningConnection#reject}. */
public final class RejectedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int statusCode;

  RejectedException(int statusCode) {
    super("rejected with status " + statusCode, null, false, false);
    if (statusCode < 400 || statusCode > 599) {
      throw new IllegalArgumentException(
          "a client is rejected with a status of 400 to 599, not " + statusCode);
    }
    this.statusCode = statusCode;
  }

  /** The HTTP status that the client gets. */
  public int statusCode() {
    return statusCode;
  }
}
