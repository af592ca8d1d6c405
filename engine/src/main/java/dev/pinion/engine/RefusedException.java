package dev.pinion.engine;

/** A request that is answered with an error. */
public final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;

  /**
   * A refusal.
   *
   * @param status the answer's status
   * @param why the rule that the request did not meet, for the log
   */
  public RefusedException(int status, String why) {
    super(why, null, false, false);
    this.status = status;
  }

  /** A request that is not HTTP/1.1, or not what it claims to be: 400. */
  public static RefusedException malformed(String why) {
    return new RefusedException(400, why);
  }

  /** The answer's status. */
  public int status() {
    return status;
  }

  /** The rule that the request did not meet, for the log. */
  public String why() {
    return String.valueOf(getMessage());
  }
}
