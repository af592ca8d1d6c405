package dev.pinion.spi;

/** What an app runs on: its tables and WebSocket APIs, there to be used by handlers. */
public interface Platform {
  /** The app's tables. */
  Store store();

  /** The management API of one of the app's WebSocket APIs. */
  Sender sender(WebSocketModel webSocket);

  /** How records become JSON, and JSON records. */
  JsonCodec json();
}
