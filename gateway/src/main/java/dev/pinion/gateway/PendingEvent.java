package dev.pinion.gateway;

import dev.pinion.spi.Event;
import java.time.Duration;
import java.util.Optional;

/**
 * An event that is not handled to its end.
 *
 * @param event the event
 * @param time how long its handler has run, by the gateway's clock; how long it has waited, if none has begun
 * @param thread the thread of its handler; empty if none has begun
 */
public record PendingEvent(Event event, Duration time, Optional<Thread> thread) {}
