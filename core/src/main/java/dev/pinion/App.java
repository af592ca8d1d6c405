package dev.pinion;

/**
 * An app: the declaration of its WebSocket APIs, tables and handlers.
 *
 * <p>{@link #define} runs once on the developer's machine, where it declares, and again at the start of every function
 * instance, where it only binds: it must declare the same each time, and do nothing else. A platform makes the app with
 * its constructor without parameters.
 */
@FunctionalInterface
public interface App {
  /** Declares everything the app consists of. */
  void define(Cloud cloud);
}
