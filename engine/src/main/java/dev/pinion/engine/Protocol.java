package dev.pinion.engine;

/** What a socket speaks: HTTP at first, WebSocket after an upgrade. Called on the socket's event loop. */
public interface Protocol {

  /** The socket speaks this protocol from now on. */
  void begin();

  /** Takes bytes that have arrived. They may be overwritten during the call, and must not be kept after it. */
  void received(byte[] data, int from, int to);

  /** The socket is about to be closed: its client reads too slowly, and what waits for all clients is too much. */
  default void tooSlow() {}

  /**
   * The socket has ended, whoever ended it: the client closed it or was lost, or the server closed it. Called exactly
   * once.
   */
  void ended();
}
