package dev.pinion.spi;

/** Learns that the app's own code of a handler begins: the body of its message is read, and fits. Any thread. */
@FunctionalInterface
public interface HandlerStart {
  /** Of a handler whose begin nobody has to know. */
  HandlerStart UNWATCHED = () -> {};

  /** The handler is called next. */
  void begins();
}
