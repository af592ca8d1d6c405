package dev.pinion.sim;

import dev.pinion.spi.SqsQuotas;
import dev.pinion.tables.StoredMessage;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;

/**
 * How much is in memory of messages whose handlers run: so many messages, so many bytes, and what was taken last. The
 * others stay in the message store. Any thread.
 *
 * <p>A resource that finds no room stands in line, and nobody takes messages before the first one of the line, however
 * small they are. So a resource with many messages, or with large ones, and one with few take turns.
 */
final class MessageRoom {
  private final int mostMessages;
  private final long most = Math.max(SqsQuotas.LARGEST_EVENT, Runtime.getRuntime().maxMemory() / 16);
  private final SequencedSet<String> line = new LinkedHashSet<>();
  private int messages;
  /** Also what is reserved. */
  private long held;

  /** How many messages may be taken, and about how many bytes. */
  record Share(int messages, long bytes) {}

  /** Takes messages. */
  @FunctionalInterface
  interface Taking {
    /** Returns at least one message if any is due, however large it is. */
    List<StoredMessage> take(Share share);
  }

  /** Room for any number of messages, as long as there are bytes. */
  MessageRoom() {
    this(Integer.MAX_VALUE);
  }

  MessageRoom(int mostMessages) {
    this.mostMessages = mostMessages;
  }

  /** Whether no more messages are taken until others are handled. */
  synchronized boolean isFull() {
    return held >= most || messages >= mostMessages;
  }

  /**
   * Takes messages if there is room.
   *
   * @param count how many messages it takes at most
   * @return what it has taken; empty if there is no room, and then the resource stands in line
   */
  List<StoredMessage> take(String resource, int count, Taking taking) {
    Optional<Share> share = reserve(resource, count);
    if (share.isEmpty()) return List.of();
    List<StoredMessage> taken = List.of();
    try {
      taken = taking.take(share.get());
      return taken;
    } finally {
      settle(share.get(), taken);
    }
  }

  private synchronized Optional<Share> reserve(String resource, int count) {
    boolean waits = !line.isEmpty() && !line.getFirst().equals(resource);
    if (waits || isFull()) {
      line.add(resource);
      return Optional.empty();
    }
    line.remove(resource);
    long wanted = Math.min(SqsQuotas.LARGEST_EVENT, (long) count * SqsQuotas.LARGEST_MESSAGE);
    Share share = new Share(Math.min(count, mostMessages - messages), Math.min(wanted, most - held));
    messages += share.messages;
    held += share.bytes;
    return Optional.of(share);
  }

  private synchronized void settle(Share share, List<StoredMessage> taken) {
    messages += taken.size() - share.messages;
    held += bytes(taken) - share.bytes;
  }

  /** Returns who is to take messages next: the first of the line, if there is room. */
  synchronized Optional<String> first() {
    return line.isEmpty() || isFull() ? Optional.empty() : Optional.of(line.getFirst());
  }

  /** A resource takes nothing at present, and leaves the line. */
  synchronized void leave(String resource) {
    line.remove(resource);
  }

  /** The bytes of messages are free again. */
  synchronized void free(Collection<StoredMessage> handled) {
    held -= bytes(handled);
  }

  /** So many messages do not count any more. */
  synchronized void free(int handled) {
    messages -= handled;
  }

  private static long bytes(Collection<StoredMessage> messages) {
    return messages.stream().mapToLong(each -> each.body().length()).sum();
  }
}
