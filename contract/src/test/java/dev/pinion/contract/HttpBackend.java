package dev.pinion.contract;

import dev.pinion.App;

/** A server that leads to the HTTP API of an app. */
public interface HttpBackend extends AutoCloseable {

  /** Starts a server. */
  @FunctionalInterface
  interface Start {
    /** Starts it for an app with one HTTP API. */
    HttpBackend with(App app);
  }

  /** Where clients send requests to, without a slash at the end. */
  String url();

  @Override
  void close();
}
