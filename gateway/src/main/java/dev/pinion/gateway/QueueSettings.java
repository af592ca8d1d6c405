package dev.pinion.gateway;

import java.time.InstantSource;

/**
 * What all queues of one gateway share.
 *
 * @param messagesInFlight how many messages of one connection may wait or be handled
 * @param answerMillis how long API Gateway waits for a handler's answer
 */
record QueueSettings(
    int messagesInFlight, long answerMillis, InstantSource clock, Events events, HandlerInvoker invoker,
    Departures departures) {}
