package dev.pinion.sim;

import dev.pinion.spi.HandlerScope;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Notices that a handler, or a thread that it has created, ends the process: {@link Runtime#exit} logs its calls,
 * before anything ends. Where a library has replaced the JDK's logging, or the handler calls {@link Runtime#halt},
 * nobody notices. Any thread.
 */
final class ExitWatch extends Handler {
  /** Kept here, as the JDK itself would forget it with its handlers. */
  private static final Logger CALLS = Logger.getLogger("java.lang.Runtime");
  private static final Set<BiConsumer<String, Throwable>> WATCHING = ConcurrentHashMap.newKeySet();

  static {
    CALLS.setLevel(Level.FINE);
    CALLS.addHandler(new ExitWatch());
  }

  private ExitWatch() {}

  /**
   * Begins to watch.
   *
   * @param exits takes the path of the handler, and a throwable with the stack of the call
   * @return what ends it
   */
  static Runnable start(BiConsumer<String, Throwable> exits) {
    WATCHING.add(exits);
    return () -> WATCHING.remove(exits);
  }

  @Override
  public void publish(LogRecord call) {
    String handler = HandlerScope.currentHandler();
    Throwable at = call.getThrown();
    if (!handler.isEmpty() && at != null) WATCHING.forEach(each -> each.accept(handler, at));
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
