package dev.pinion.gateway;

/** What a socket speaks: HTTP at first, WebSocket after the handshake. Called on the socket's event loop. */
sealed interface Protocol permits HttpSession, Connection {

  /** Bytes have arrived; they may be overwritten, and must not be kept. */
  void received(byte[] data, int from, int to);

  /** The client will send nothing more, or the socket broke. Called at most once. */
  void ended();
}
