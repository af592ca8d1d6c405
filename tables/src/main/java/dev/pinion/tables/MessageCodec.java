package dev.pinion.tables;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The content of a commit of a {@link MessageStore}: records, one behind the other. What a message's record says of its
 * state is at fixed places, so that it can be replaced.
 */
final class MessageCodec {
  /** id, due, receives, whether taken and whether in a group; queue, group, attributes, body. */
  private static final int MESSAGE = 0;
  /** Until when, and the ids. */
  private static final int TAKEN = 1;
  /** When, and the ids. */
  private static final int DUE = 2;
  /** The ids. */
  private static final int DELETED = 3;
  /** The id of the next new message. */
  private static final int NEXT = 4;
  /** When, and the ids. */
  private static final int GIVEN_BACK = 5;
  /** What time it is for those who write: all that follows is by this clock, which may have been set back before. */
  private static final int TIME = 6;

  private static final int DUE_AT = 9;
  private static final int STATE_BYTES = 17;
  private static final int IS_TAKEN = 1;
  private static final int HAS_GROUP = 2;

  private MessageCodec() {}

  static void message(BytesOut out, long id, NewMessage message) {
    out.put(MESSAGE).fixed(id).fixed(message.due().toEpochMilli()).fixed(0);
    out.put(message.group().isPresent() ? HAS_GROUP : 0).text(message.queue());
    message.group().ifPresent(out::text);
    out.number(message.attributes().size());
    message.attributes().forEach((name, value) -> out.text(name).text(value));
    out.text(message.body());
  }

  static void taken(BytesOut out, List<Long> ids, long until) {
    ids(out.put(TAKEN).fixed(until), ids);
  }

  static void due(BytesOut out, List<Long> ids, long due) {
    ids(out.put(DUE).fixed(due), ids);
  }

  static void givenBack(BytesOut out, List<Long> ids, long due) {
    ids(out.put(GIVEN_BACK).fixed(due), ids);
  }

  static void deleted(BytesOut out, List<Long> ids) {
    ids(out.put(DELETED), ids);
  }

  static void next(BytesOut out, long id) {
    out.put(NEXT).fixed(id);
  }

  static void time(BytesOut out, long now) {
    out.put(TIME).fixed(now);
  }

  private static void ids(BytesOut out, List<Long> ids) {
    out.number(ids.size());
    ids.forEach(out::fixed);
  }

  /** Writes the present state of a message into its record. */
  static void restate(byte[] message, long due, int receives, boolean taken) {
    byte[] state = new BytesOut(STATE_BYTES).fixed(due).fixed(receives).toArray();
    System.arraycopy(state, 0, message, DUE_AT, state.length);
    int flags = DUE_AT + state.length;
    message[flags] = (byte) ((message[flags] & HAS_GROUP) | (taken ? IS_TAKEN : 0));
  }

  /** Reads a message's record, which does not know what has happened to the message since. */
  static StoredMessage message(byte[] bytes, IndexedMessage now) {
    BytesIn in = new BytesIn(bytes);
    in.get();
    in.fixed();
    in.fixed();
    in.fixed();
    boolean grouped = (in.get() & HAS_GROUP) != 0;
    String queue = in.text();
    Optional<String> group = grouped ? Optional.of(in.text()) : Optional.empty();
    Map<String, String> attributes = new LinkedHashMap<>();
    for (int left = in.count(); left > 0; left--) attributes.put(in.text(), in.text());
    return new StoredMessage(
        now.id, queue, Instant.ofEpochMilli(now.due), group, attributes, in.text(), now.receives, now.taken);
  }

  /**
   * Applies a commit to the index.
   *
   * @param at where the content begins in the file
   */
  static void apply(byte[] content, long at, MessageIndex index) {
    BytesIn in = new BytesIn(content);
    while (in.hasMore()) {
      int begin = in.position();
      int kind = in.get();
      switch (kind) {
        case MESSAGE -> add(in, at + begin, begin, index);
        case TAKEN -> {
          long until = in.fixed();
          for (int left = in.count(); left > 0; left--) index.taken(in.fixed(), until);
        }
        case DUE -> {
          long due = in.fixed();
          for (int left = in.count(); left > 0; left--) index.due(in.fixed(), due);
        }
        case GIVEN_BACK -> {
          long due = in.fixed();
          for (int left = in.count(); left > 0; left--) index.givenBack(in.fixed(), due);
        }
        case DELETED -> {
          for (int left = in.count(); left > 0; left--) index.remove(in.fixed());
        }
        case TIME -> index.time(in.fixed());
        case NEXT -> index.newIdsFrom(in.fixed());
        default -> throw new IllegalArgumentException("no record of messages has the number " + kind);
      }
    }
  }

  private static void add(BytesIn in, long position, int begin, MessageIndex index) {
    long id = in.fixed();
    long due = in.fixed();
    int receives = (int) in.fixed();
    int flags = in.get();
    QueueIndex queue = index.queue(in.text());
    Optional<String> group = (flags & HAS_GROUP) != 0 ? Optional.of(in.text()) : Optional.empty();
    for (int left = 2 * in.count(); left > 0; left--) in.skipBytes();
    in.skipBytes();
    IndexedMessage message = new IndexedMessage(id, queue, group, position, in.position() - begin);
    message.due = due;
    message.receives = receives;
    message.taken = (flags & IS_TAKEN) != 0;
    index.add(message);
  }
}
