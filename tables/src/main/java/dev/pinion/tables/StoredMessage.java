package dev.pinion.tables;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A message of a {@link MessageStore}.
 *
 * @param id its number, greater than that of every message that was appended before; never used again
 * @param receives how often it has been taken
 * @param isTaken whether it was taken last, and not made due again
 */
public record StoredMessage(
    long id, String queue, Instant due, Optional<String> group, Map<String, String> attributes, String body,
    int receives, boolean isTaken) {
  public StoredMessage {
    attributes = Map.copyOf(attributes);
  }
}
