package dev.pinion.engine;

import java.nio.channels.SocketChannel;

/**
 * Reports what the system knows of a client whose socket is not read at present. Called on event loops, about four
 * times a second for each paused socket.
 */
public interface PeerProbe {
  /** Knows nothing: that a client is gone is then noticed when its socket is read again. */
  PeerProbe NONE = _ -> State.CONNECTED;

  /** What a client has done. */
  enum State {
    /** The client may send more, as far as is known. */
    CONNECTED,
    /** The client sends nothing more than what has arrived and is not yet read. */
    FINISHED,
    /** The client has reset the connection, or cannot be reached. */
    LOST
  }

  /** Returns the state of the socket's other end. */
  State probe(SocketChannel channel);
}
