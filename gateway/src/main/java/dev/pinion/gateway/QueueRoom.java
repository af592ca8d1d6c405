package dev.pinion.gateway;

/**
 * How much more work a connection's queue takes.
 *
 * <pre>
 *            too many messages or bytes
 *   TAKING ------------------------------> STALLED: the connection decodes nothing
 *      ^                                      |
 *      `-------- half of it is done ----------'
 * </pre>
 *
 * <p>Guarded by the queue.
 */
final class QueueRoom {
  private static final int WEIGHT = 512 * 1024;

  private final int messages;
  private int weight;
  private boolean stalled;

  QueueRoom(int messages) {
    this.messages = messages;
  }

  void add(int bytes) {
    weight += bytes;
  }

  void remove(int bytes) {
    weight -= bytes;
  }

  /** Returns how many more messages there is room for when so many wait or are handled. */
  int left(int load) {
    return weight >= WEIGHT ? 0 : Math.max(0, messages - load);
  }

  /** Returns whether there is no room when so many wait or are handled; then {@link #resumes} says when there is. */
  boolean stalls(int load) {
    stalled = left(load) == 0;
    return stalled;
  }

  /** Returns true once when there is room again. */
  boolean resumes(int load) {
    boolean resume = stalled && load <= messages / 2 && weight <= WEIGHT / 2;
    stalled &= !resume;
    return resume;
  }
}
