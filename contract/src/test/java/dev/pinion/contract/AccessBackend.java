package dev.pinion.contract;

import dev.pinion.App;

/** A server that leads to the WebSocket of an app. */
public interface AccessBackend extends AutoCloseable {

  /** Starts a server. */
  @FunctionalInterface
  interface Start {
    /** Starts it for an app with one WebSocket. */
    AccessBackend with(App app);
  }

  /** Where clients connect to. */
  String url();

  @Override
  void close();
}
