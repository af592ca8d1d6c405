package dev.pinion.tables;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A message to keep in a {@link MessageStore}.
 *
 * @param queue whose message it is: any name
 * @param due from when on it is taken
 * @param group messages of one group are taken in their order, the next one when those before are gone; empty for a
 *     message that waits for no other
 * @param attributes short texts that come with the message
 * @param body its text
 */
public record NewMessage(
    String queue, Instant due, Optional<String> group, Map<String, String> attributes, String body) {
  public NewMessage {
    attributes = Map.copyOf(attributes);
  }
}
