package dev.pinion.gateway;

import java.io.IOException;

/** What an {@link EventLoop} watches: a listening socket or a connected one. Called on the event loop. */
sealed interface Pollable permits Acceptor, Wire {

  /** The socket is ready for something its key asks for. */
  void ready() throws IOException;

  /** {@link #ready} threw. */
  void failed(Throwable failure);
}
