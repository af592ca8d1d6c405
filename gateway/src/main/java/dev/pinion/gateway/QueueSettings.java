package dev.pinion.gateway;

import dev.pinion.spi.Event;
import java.time.Duration;
import java.time.InstantSource;

/**
 * What all queues of one gateway share.
 *
 * @param messagesInFlight how many messages of one connection may wait or be handled
 */
record QueueSettings(
    int messagesInFlight, InstantSource clock, Events events, HandlerInvoker invoker,
    Departures departures) {

  /** Returns how long API Gateway waits for a handler's answer. */
  long answerMillis() {
    return invoker.answerMillis();
  }

  /** Returns how long ago a time was, in milliseconds since the epoch. */
  Duration since(long millis) {
    return Duration.ofMillis(Math.max(0, clock.millis() - millis));
  }

  /** Returns the event of a client's work. */
  Event event(QueueClient client, Work work) {
    return events.of(client.context(), work);
  }
}
