package dev.pinion.gateway;

import java.time.InstantSource;

/**
 * What all queues of one gateway share.
 *
 * @param messagesInFlight how many messages of one connection may wait or be handled
 * @param ordered whether a connection's messages wait for each other
 * @param timeoutMillis how long a handler may take
 */
record QueueSettings(
    int messagesInFlight, boolean ordered, long timeoutMillis, InstantSource clock, Events events,
    HandlerInvoker invoker, Departures departures) {}
