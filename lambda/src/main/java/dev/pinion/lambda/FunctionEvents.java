package dev.pinion.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import dev.pinion.spi.HandlerModel;
import java.util.Map;

/** Reads the events of a resource whose handlers a function runs: each kind of handler has its own. Any thread. */
sealed interface FunctionEvents
    permits RouteEvents, TaskEvents, TickEvents, HttpEvents, QueueEvents, ChangeEvents, AuthorizeEvents {

  /**
   * Reads an event.
   *
   * @throws IllegalArgumentException if the text is not an event of the function's handler
   */
  Call read(String text);

  /** Reads an event, which a handler may also get as it came, with the context of the invocation. */
  default Call read(String text, Context context) {
    return read(text);
  }

  /** Reads an event and writes an answer, without calling the handler. */
  void rehearse();

  /** One event, with which the handler can be called. */
  interface Call {
    /** The handler that is called. */
    HandlerModel handler();

    /** What a message about its failure adds to the handler's name, such as {@code " for connection x"}. */
    String about();

    /** What identifies the event, for logs: the key of its route, and the ids that the service gives it. */
    default Map<String, String> ids() {
      return Map.of();
    }

    /**
     * Calls the handler, and returns the function's answer.
     *
     * @param log for items that have failed while others have not
     */
    String handle(ItemLog log) throws Exception;
  }

  /** Learns of the items of an event that have failed, when the invocation does not fail as a whole. */
  @FunctionalInterface
  interface ItemLog {
    /**
     * An item has failed.
     *
     * @param about what a message adds to the handler's name, such as {@code " for message x"}
     * @param ids what identifies the item
     */
    void failed(String about, Map<String, String> ids, Throwable failure);
  }
}
