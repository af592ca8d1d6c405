package dev.pinion.gateway;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * What all queues of one gateway share.
 *
 * @param messagesInFlight how many messages of one connection may wait or be handled
 */
record QueueSettings(
    int messagesInFlight, InstantSource clock, Events events, HandlerInvoker invoker,
    Departures departures) {

  /** Returns how long ago a time was, in milliseconds since the epoch. */
  private Duration since(long millis) {
    return Duration.ofMillis(Math.max(0, clock.millis() - millis));
  }

  /** Returns work that no handler has begun with. */
  PendingEvent waiting(QueueClient client, Work work) {
    return new PendingEvent(events.of(client.context(), work), since(work.at()), Optional.empty());
  }

  /** Returns what a thread handles. */
  Optional<PendingEvent> handled(QueueClient client, HandlerThread thread) {
    return thread.event().or(() -> thread.unclaimed().map(work -> events.of(client.context(), work)))
        .map(event -> new PendingEvent(event, since(thread.since()), Optional.of(thread.thread())));
  }
}
