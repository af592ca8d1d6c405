package dev.pinion.tables;

import java.util.Optional;

/** What is in memory of a message of a {@link MessageStore}. */
final class IndexedMessage {
  final long id;
  final QueueIndex queue;
  final Optional<String> group;
  /** How many bytes its record has in the file. */
  final int length;
  /** Where its record is in the file. */
  long position;
  /** In milliseconds since the epoch. Changed by its queue only, which sorts by it. */
  long due;
  int receives;
  boolean taken;

  IndexedMessage(long id, QueueIndex queue, Optional<String> group, long position, int length) {
    this.id = id;
    this.queue = queue;
    this.group = group;
    this.position = position;
    this.length = length;
  }
}
