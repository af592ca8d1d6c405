package dev.pinion.spi;

/**
 * A handler that gets an event of a WebSocket API as API Gateway writes it, and answers as a function does. It
 * implements the interfaces of the handlers that it can stand for, whose methods nobody calls.
 */
public interface EventHandler {
  /** Returns the class whose code handles the events. */
  Class<?> type();

  /**
   * Handles an event that did not come from AWS.
   *
   * @param route the route of the handler
   * @param json writes the event and reads the answer: a program sees no codec of its own
   * @throws Exception if the handler throws it
   */
  Response handle(Event event, RouteModel route, JsonCodec json) throws Exception;

  /**
   * Handles an event in a function.
   *
   * @param event the JSON that API Gateway has sent
   * @param context Lambda's own context of the invocation
   * @return the function's answer
   * @throws Exception if the handler throws it
   */
  String handle(String event, Object context) throws Exception;
}
