package dev.pinion;

/**
 * An app: the declaration of its WebSocket APIs, tables and handlers.
 *
 * <p>{@link #define} runs once on the developer's machine, where it declares, and again at the start of every function
 * instance, where the resources are only bound to AWS. It must declare the same each time, and do nothing else. A
 * platform creates the app with its constructor without parameters.
 */
@FunctionalInterface
public interface App {
  /** Declares the app's resources and handlers. */
  void define(Cloud cloud);
}
