package dev.pinion.sim;

import dev.pinion.spi.HandlerModel;

/** The context of a thread that calls a handler: the class loader of its program. */
final class HandlerContext {
  private HandlerContext() {}

  /** What is done in it. */
  @FunctionalInterface
  interface Work {
    void run() throws Exception;
  }

  /** Does something on this thread, in the context of a handler. Afterwards the thread refers to no program. */
  static void of(HandlerModel handler, Work work) throws Exception {
    Thread.currentThread().setContextClassLoader(handler.handler().getClass().getClassLoader());
    try {
      work.run();
    } finally {
      Thread.currentThread().setContextClassLoader(null);
    }
  }
}
