package dev.pinion.lambda;

/** Reads the events of a function: each kind of handler has its own. Any thread. */
sealed interface FunctionEvents permits RouteEvents, TaskEvents, TickEvents, HttpEvents {

  /**
   * Reads an event.
   *
   * @throws IllegalArgumentException if the text is not an event of the function's handler
   */
  Call read(String text);

  /** Reads an event and writes an answer, without calling the handler. */
  void rehearse();

  /** One event, with which the handler can be called. */
  interface Call {
    /** What a message about its failure adds to the handler's name, such as {@code " for connection x"}. */
    String about();

    /** Calls the handler, and returns the function's answer. */
    String handle() throws Exception;
  }
}
