package dev.pinion.engine;

import java.io.IOException;
import java.nio.channels.SelectionKey;

/** A socket that an {@link EventLoop} polls: a listening or a connected one. Called on the event loop. */
abstract class Pollable {

  /** Handles what the socket is ready for. */
  abstract void ready() throws IOException;

  /** Called when {@link #ready} threw. */
  abstract void failed(Throwable failure);

  /** The socket has another key: its loop's selector was replaced. */
  abstract void moved(SelectionKey key);

  /** The socket's loop cannot go on. Called once, at its end. */
  abstract void loopEnded(Throwable why);

  /** Looks whether the client of a paused socket is gone. Called about four times a second. */
  void probe() {}

  /** Writes what was put off, if it is time to; returns whether the loop need not ask again. */
  boolean writeIfDue(long nanoTime) {
    return true;
  }

  /** Closes the socket, which waits for its client to close, if it is time to; returns whether it is closed. */
  boolean closeIfDue(long nanoTime) {
    return true;
  }

  /** Closes the socket soon: its client has exceeded a {@link Deadlines deadline}. Any thread. */
  void drop() {}
}
