package dev.pinion.spi;

/** What an app runs on: its tables, WebSocket APIs and values, there to be used by handlers. */
public interface Platform {
  /** The app's tables. */
  Store store();

  /** The management API of one of the app's WebSocket APIs. */
  Sender sender(WebSocketModel webSocket);

  /** The value of one of the app's configs. */
  String config(ConfigModel config);

  /** The value of one of the app's secrets. */
  String secret(SecretModel secret);

  /** Returns the codec of typed handlers and messages. */
  JsonCodec json();
}
