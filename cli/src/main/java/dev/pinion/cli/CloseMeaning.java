package dev.pinion.cli;

/** Close codes in words: those of RFC 6455 and its registry, as API Gateway uses them. */
final class CloseMeaning {
  private CloseMeaning() {}

  /** Returns a code with its reason and meaning, in one line. */
  static String of(int code, String reason) {
    String meaning = of(code);
    return code + (reason.isEmpty() ? "" : " " + reason) + (meaning.isEmpty() ? "" : " (" + meaning + ")");
  }

  private static String of(int code) {
    return switch (code) {
      case 1000 -> "normal closure";
      case 1001 -> "idle for 10 minutes, connected for 2 hours, or the server stops";
      case 1002 -> "a frame violates the protocol";
      case 1003 -> "messages of this type are not accepted: API Gateway takes text only";
      case 1005 -> "no code in the close frame";
      case 1006 -> "the connection was lost without a close frame";
      case 1007 -> "a text was not UTF-8";
      case 1008 -> "against a rule of the server";
      case 1009 -> "too large: API Gateway takes frames of 32 KiB and messages of 128 KiB";
      case 1010 -> "an extension is missing";
      case 1011 -> "the server failed";
      case 1012 -> "the server restarts";
      case 1013 -> "the server is overloaded: try again later";
      case 1014 -> "bad gateway";
      case 1015 -> "the TLS handshake failed";
      default -> code >= 4000 && code <= 4999 ? "a code of the app" : "";
    };
  }
}
