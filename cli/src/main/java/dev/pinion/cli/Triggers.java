package dev.pinion.cli;

import dev.pinion.spi.AppModel;

/** What calls the handlers of an app. */
final class Triggers {
  private Triggers() {}

  /** Returns whether an app declares any trigger. */
  static boolean has(AppModel app) {
    return !app.webSockets().isEmpty() || !app.httpApis().isEmpty() || !app.handlers().isEmpty();
  }

  /** Returns the message about an app that declares no trigger. */
  static String missing(String app) {
    return "error: the app " + app
        + " declares no WebSocket, no HTTP API and no schedule, so nothing can call its handlers:"
        + " declare one in define, such as cloud.webSocket(\"chat\").create()";
  }
}
