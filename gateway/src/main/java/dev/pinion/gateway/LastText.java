package dev.pinion.gateway;

/**
 * Gives one object for equal texts that come one after the other, such as the address of clients on this machine: each
 * connection keeps one. Any thread.
 */
final class LastText {
  private String last = "";

  String same(String text) {
    String before = last;
    if (!before.equals(text)) {
      last = text;
      return text;
    }
    return before;
  }
}
