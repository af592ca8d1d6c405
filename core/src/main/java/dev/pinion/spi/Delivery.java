package dev.pinion.spi;

import dev.pinion.QueueMessage;

/**
 * A message of a queue, as it comes to a handler.
 *
 * @param body its text
 * @param lineage the calls that have led to it, as far as they are known
 */
public record Delivery(String body, QueueMessage about, Lineage lineage) {}
