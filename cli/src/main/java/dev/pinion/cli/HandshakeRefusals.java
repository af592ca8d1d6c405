package dev.pinion.cli;

/** The statuses by which a handshake is refused, in words. */
final class HandshakeRefusals {
  private HandshakeRefusals() {}

  /** Returns a status with what it means for a handshake, in one line. */
  static String of(int status) {
    String meaning = switch (status) {
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized: no credentials, or no valid ones";
      case 403 -> "Forbidden: denied by the app, or an unknown stage, host or origin";
      case 404 -> "Not Found";
      case 410 -> "Gone";
      case 426 -> "Upgrade Required";
      case 429 -> "Too Many Requests: throttled";
      case 500 -> "Internal Server Error: the authorizer failed";
      case 502 -> "Bad Gateway: the $connect handler failed";
      case 503 -> "Service Unavailable";
      case 504 -> "Gateway Timeout: the $connect handler took too long";
      default -> status >= 300 && status < 400 ? "a redirect, which WebSocket clients do not follow" : "";
    };
    return meaning.isEmpty() ? Integer.toString(status) : status + " " + meaning;
  }
}
