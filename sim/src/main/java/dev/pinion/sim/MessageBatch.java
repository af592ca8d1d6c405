package dev.pinion.sim;

import dev.pinion.tables.StoredMessage;
import java.util.ArrayList;
import java.util.List;

/**
 * Messages of a queue that a call of its handler gets.
 *
 * @param failed those of them that have failed, once all were tried
 */
record MessageBatch(List<StoredMessage> messages, List<StoredMessage> failed) {
  MessageBatch(List<StoredMessage> messages) {
    this(List.copyOf(messages), new ArrayList<>());
  }
}
