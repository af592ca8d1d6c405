package dev.pinion.engine;

/** What a socket speaks: HTTP at first, WebSocket after an upgrade. Called on the socket's event loop. */
public interface Protocol {

  /** The socket speaks this protocol from now on. */
  void begin();

  /** Takes bytes that have arrived. They may be overwritten during the call, and must not be kept after it. */
  void received(byte[] data, int from, int to);

  /** Gives back memory that an idle socket does not need. Called about four times a second. */
  default void trim() {}

  /**
   * Returns whether a client that closes its side of a paused socket has left, so that what it has sent is read ahead
   * by {@link #receivedAhead}. False for HTTP, whose client may still wait for an answer.
   */
  default boolean readsAhead() {
    return false;
  }

  /** Takes the last bytes of a client that has left while its socket is paused; false if the socket is to be closed. */
  default boolean receivedAhead(byte[] data, int from, int to) {
    return true;
  }

  /** All bytes of a client that has left are read ahead. Returns false if the socket is to be closed. */
  default boolean endedAhead() {
    return true;
  }

  /** The socket is about to be closed: its client reads too slowly, and what waits for all clients is too much. */
  default void tooSlow() {}

  /**
   * The socket has ended, whoever ended it: the client closed it or was lost, or the server closed it. Called exactly
   * once.
   */
  void ended();
}
