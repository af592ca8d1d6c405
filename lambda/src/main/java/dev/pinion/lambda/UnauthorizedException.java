package dev.pinion.lambda;

/** Thrown by an authorizer's function so that API Gateway answers 401: its message must be exactly this. */
final class UnauthorizedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnauthorizedException() {
    super("Unauthorized", null, false, false);
  }
}
