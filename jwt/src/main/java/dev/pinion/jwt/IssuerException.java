package dev.pinion.jwt;

import java.io.Serial;

/** An issuer whose keys cannot be had. It says nothing about the token, so the client is answered 500 and not 401. */
final class IssuerException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  IssuerException(String message) {
    super(message);
  }
}
