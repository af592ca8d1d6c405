package dev.pinion.engine;

/** What became of a frame. */
public enum Offer {
  /** It will be written. */
  TAKEN,
  /** Dropped: too much waits for the client. */
  FULL,
  /** Dropped: the socket is closed, or has been given its last frame. */
  CLOSED
}
