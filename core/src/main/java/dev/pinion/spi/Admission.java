package dev.pinion.spi;

import dev.pinion.ConnectHandler;
import dev.pinion.OpeningConnection;

/**
 * The handler of {@code $connect} that an app gets which says who may connect and has no handler of its own. API
 * Gateway checks who may connect on that route only, which needs a function; and only that function can check origins
 * where there is no authorizer, and answer a subprotocol.
 */
public final class Admission implements ConnectHandler {
  @Override
  public void handle(OpeningConnection connection) {
    // Whoever gets here may connect.
  }

  /** Returns whether a handler is not the app's. */
  public static boolean is(HandlerModel handler) {
    return handler.handler() instanceof Admission;
  }
}
