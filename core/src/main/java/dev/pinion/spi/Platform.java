package dev.pinion.spi;

/** The platform that an app runs on. It provides the app's tables, WebSocket APIs, tasks and values to handlers. */
public interface Platform {
  /** The app's tables. */
  Store store();

  /** Returns the management API of a WebSocket API of the app. */
  Sender sender(WebSocketModel webSocket);

  /** Returns what starts the app's tasks. */
  TaskStarter tasks();

  /** The app's queues, to send to. */
  QueueSender queues();

  /** Returns the value of a config. */
  String config(ConfigModel config);

  /** Returns the value of a secret. */
  String secret(SecretModel secret);

  /** Returns the codec of typed handlers and messages. */
  JsonCodec json();
}
