package dev.pinion.gateway;

import dev.pinion.engine.CloseStatus;
import dev.pinion.spi.ConnectionContext;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Tells the listener of a connection's frames that no handler has sent, or that no handler gets. Any thread. */
record ConnectionFrames(Settings settings, ConnectionContext context) {
  private void tell(GatewayFrame.Kind kind, boolean sent, String text) {
    settings.listener().frame(context, new GatewayFrame(kind, sent, text));
  }

  /** Returns the text of an error. */
  String error(String message, String requestId) {
    return "{\"message\": \"" + message + "\", \"connectionId\":\"" + context.connectionId() + "\", \"requestId\":\""
        + requestId + "\"}";
  }

  /** An error was sent. */
  void sent(String text) {
    tell(GatewayFrame.Kind.ERROR, true, text);
  }

  /** A ping has come. */
  void ping(byte[] payload) {
    tell(GatewayFrame.Kind.PING, false, new String(payload, UTF_8));
  }

  /** A pong was sent, or has come. */
  void pong(byte[] payload, boolean sent) {
    tell(GatewayFrame.Kind.PONG, sent, new String(payload, UTF_8));
  }

  /** A close frame has come. */
  void closing(CloseStatus status) {
    tell(GatewayFrame.Kind.CLOSE, false, words(status));
  }

  /**
   * The connection has ended.
   *
   * @param sent whether the client gets a close frame
   * @param why who has ended it, and for what reason
   */
  void ended(CloseStatus status, boolean sent, String why) {
    tell(GatewayFrame.Kind.CLOSE, sent, words(status) + ", " + why);
  }

  private static String words(CloseStatus status) {
    return (status.code() + " " + status.reason()).strip();
  }
}
