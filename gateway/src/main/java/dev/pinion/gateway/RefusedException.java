package dev.pinion.gateway;

/** A request that is answered with an error, and the rule it did not meet. */
final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;

  RefusedException(int status, String why) {
    super(why, null, false, false);
    this.status = status;
  }

  /** A request that is not HTTP/1.1. */
  static RefusedException malformed(String why) {
    return new RefusedException(400, why);
  }

  int status() {
    return status;
  }

  /** The rule, for the log. */
  String why() {
    return String.valueOf(getMessage());
  }
}
