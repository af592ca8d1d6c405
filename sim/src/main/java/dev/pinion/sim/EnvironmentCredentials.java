package dev.pinion.sim;

import dev.pinion.gateway.GatewayBuilder;
import dev.pinion.spi.AppModel;
import dev.pinion.spi.WebSocketModel;
import java.util.Map;
import java.util.Set;

/** The AWS credentials of this process, with which clients of a WebSocket that IAM authorizes must sign. Any thread. */
final class EnvironmentCredentials {
  private final String id;
  private final String secret;

  EnvironmentCredentials(Map<String, String> environment) {
    id = environment.getOrDefault("AWS_ACCESS_KEY_ID", "").strip();
    secret = environment.getOrDefault("AWS_SECRET_ACCESS_KEY", "").strip();
  }

  private boolean present() {
    return !id.isEmpty() && !secret.isEmpty();
  }

  /** Lets a gateway check signatures, if there are credentials. */
  void to(GatewayBuilder gateway) {
    if (present()) gateway.credentials(id, secret);
  }

  /**
   * Warns of each WebSocket of a program that IAM authorizes and everybody may connect to, as there are no credentials.
   *
   * @param told the ids of those of the program before, which it replaces
   */
  void warn(AppModel model, Set<String> told, LogLine log) {
    for (WebSocketModel webSocket : model.webSockets()) {
      if (present() || !webSocket.access().iam()) told.remove(webSocket.id());
      else if (told.add(webSocket.id())) warn(webSocket, log);
    }
  }

  private static void warn(WebSocketModel webSocket, LogLine log) {
    log.warning(
        webSocket.location().toString(), "webSocket '" + webSocket.id() + "' is authorized by IAM, but here everybody"
            + " may connect, signed or not: to check signatures, set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in"
            + " the environment. On AWS, an unsigned handshake is answered 403");
  }
}
