package dev.pinion.spi;

/** The platform that an app runs on. It provides the app's tables, APIs, tasks, queues and values to handlers. */
public interface Platform {
  /** The app's tables. */
  Store store();

  /** Returns the management API of a WebSocket API of the app. */
  Sender sender(WebSocketModel webSocket);

  /** Returns the URL that clients of an HTTP API of the app call, without a slash at its end. */
  String httpUrl(HttpApiModel api);

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
