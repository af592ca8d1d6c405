package dev.pinion.inspect;

/** What a handler may do cannot be known: it may do everything. */
final class GiveUp extends RuntimeException {
  private static final long serialVersionUID = 1;

  GiveUp(String reason) {
    super(reason, null, false, false);
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
