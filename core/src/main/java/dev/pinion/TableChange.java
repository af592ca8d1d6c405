package dev.pinion;

import java.time.Instant;
import java.util.Optional;

/**
 * A change of a row of a {@link Table}, as DynamoDB Streams records it.
 *
 * @param type what has happened
 * @param key the key of the row
 * @param oldItem the row before the change; empty for an insert
 * @param newItem the row after the change; empty for a removal
 * @param expired whether DynamoDB has removed the row because its time to live was over
 * @param eventId DynamoDB's id of the change: the same each time it is delivered, and so a key for what must be done
 *     once only
 * @param time when it happened, to the second
 */
public record TableChange(
    Type type, Key key, Optional<Item> oldItem, Optional<Item> newItem, boolean expired, String eventId,
    Instant time) {

  /** What has happened to a row, in DynamoDB's words. */
  public enum Type {
    /** A row was added. */
    INSERT,
    /** Attributes of a row were changed. */
    MODIFY,
    /** A row was removed. */
    REMOVE
  }
}
