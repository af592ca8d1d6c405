package dev.pinion;

import java.time.Instant;
import java.util.Optional;

/**
 * What SQS knows of a message of a {@link MessageQueue}.
 *
 * @param messageId SQS's id of the message: the same each time it is received, and so a key for what must be done once
 *     only
 * @param receiveCount how often it was received, this time included
 * @param sentTime when it was sent
 * @param messageGroupId the key by which a FIFO queue orders it; empty in a standard queue
 */
public record QueueMessage(String messageId, int receiveCount, Instant sentTime, Optional<String> messageGroupId) {}
