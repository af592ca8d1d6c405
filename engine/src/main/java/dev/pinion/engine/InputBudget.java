package dev.pinion.engine;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/**
 * How much memory a server takes for what its clients have sent and nobody has handled yet: bytes that are not decoded,
 * parts of messages, and messages that wait. When it is exceeded, those lose that keep most. Thread-safe.
 *
 * <pre>
 *   up to one half        everybody may send as far as each client's own limit allows
 *   from there            isTight: a client's next message is read when its last one has been handled
 *   past the whole of it  those that keep most are closed
 * </pre>
 */
public final class InputBudget {
  /** Keepers need report only changes of so many bytes, and the change to none. */
  private static final int STEP = 4096;

  private final long most;
  private final Map<InputKeeper, Integer> kept = new HashMap<>();
  private long total;
  private volatile boolean tight;

  /** A budget of a number of bytes. */
  InputBudget(long most) {
    this.most = most;
  }

  /** Returns whether more than half of the budget is taken. */
  public boolean isTight() {
    return tight;
  }

  /** Returns whether a keeper that has reported a number of bytes has to report what it keeps now. */
  public static boolean isDue(int reported, int bytes) {
    return Math.abs(bytes - reported) >= STEP || (bytes == 0 && reported != 0);
  }

  /** A keeper keeps so many bytes by now. One that ends reports 0. */
  public synchronized void keeps(InputKeeper keeper, int bytes) {
    Integer before = bytes == 0 ? kept.remove(keeper) : kept.put(keeper, bytes);
    total += bytes - (before == null ? 0 : before);
    while (total > most && !kept.isEmpty()) {
      Map.Entry<InputKeeper, Integer> largest = Collections.max(kept.entrySet(), Map.Entry.comparingByValue());
      InputKeeper loser = largest.getKey();
      total -= largest.getValue();
      kept.remove(loser);
      loser.overBudget();
    }
    tight = total > most / 2;
  }
}
