package dev.pinion.cli;

/** Apps that nothing can trigger. */
final class Triggers {
  private Triggers() {}

  /** Returns the message about an app that declares no trigger. */
  static String missing(String app) {
    return "error: the app " + app + " declares no WebSocket, so nothing can call its handlers: declare one in define,"
        + " such as cloud.webSocket(\"chat\").create()";
  }
}
