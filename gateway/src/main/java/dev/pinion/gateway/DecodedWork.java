package dev.pinion.gateway;

import java.util.ArrayList;
import java.util.List;

/** What one connection decodes in a turn of its loop, one connection after the other. The loop's thread. */
final class DecodedWork {
  private final List<Work> works = new ArrayList<>();
  private long at;
  private int room;

  /**
   * A connection begins to decode.
   *
   * @param now the time, in milliseconds since the epoch
   * @param most how many messages it may decode
   */
  void begin(long now, int most) {
    works.clear();
    at = now;
    room = most;
  }

  /** Takes a message. */
  void add(String message) {
    room--;
    works.add(new Work.Message(message, at));
  }

  boolean hasRoom() {
    return room > 0;
  }

  /** Returns when it has begun. */
  long at() {
    return at;
  }

  /** Returns what was decoded. */
  List<Work> works() {
    return works;
  }
}
