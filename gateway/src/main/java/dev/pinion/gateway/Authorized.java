package dev.pinion.gateway;

import dev.pinion.spi.Response;
import java.util.Map;

/** What an authorizer has decided on a handshake. */
public sealed interface Authorized {

  /**
   * The client may connect, unless the handler of {@code $connect} rejects it.
   *
   * @param context the values for all events of the connection, as text
   */
  record Allowed(Map<String, String> context) implements Authorized {}

  /** The client gets 403. */
  record Denied() implements Authorized {}

  /** The client gets 401. */
  record Unknown() implements Authorized {}

  /** Returns the status of the authorizer's decision, for people. */
  default int status() {
    return switch (this) {
      case Allowed _ -> Response.OK.statusCode();
      case Denied _ -> 403;
      case Unknown _ -> 401;
    };
  }
}
