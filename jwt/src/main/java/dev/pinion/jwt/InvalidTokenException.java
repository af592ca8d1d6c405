package dev.pinion.jwt;

import java.io.Serial;

/**
 * A token that does not let in. The message says why, for the log: it has nothing of the token, whose text is whatever
 * a client has sent.
 */
final class InvalidTokenException extends Exception {
  @Serial private static final long serialVersionUID = 1;

  InvalidTokenException(String why) {
    super(why);
  }

  String why() {
    return String.valueOf(getMessage());
  }
}
