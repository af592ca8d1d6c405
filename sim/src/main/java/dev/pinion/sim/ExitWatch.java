package dev.pinion.sim;

import dev.pinion.spi.HandlerScope;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Notices that something ends the process, such as a handler or a thread that it has created: {@link Runtime#exit}
 * logs its calls, before anything ends. Where a library has replaced the JDK's logging, or somebody calls {@link
 * Runtime#halt}, nobody notices. Any thread.
 */
final class ExitWatch extends Handler {
  private static final Set<BiConsumer<String, Throwable>> WATCHING = ConcurrentHashMap.newKeySet();
  private static final AtomicBoolean INSTALLED = new AtomicBoolean();

  /** The JDK's logger, which the JDK itself would forget with its handlers. */
  private static final class Calls {
    static final Logger LOGGER = Logger.getLogger("java.lang.Runtime");

    private Calls() {}
  }

  private ExitWatch() {}

  /**
   * Begins to watch; logging is set up in the background, as that takes some milliseconds.
   *
   * @param exits takes the path of the handler, empty on a thread that none has created, and a throwable with the stack
   *     of the call; on the thread of the call
   * @return what ends it
   */
  static Runnable start(BiConsumer<String, Throwable> exits) {
    WATCHING.add(exits);
    if (INSTALLED.compareAndSet(false, true)) {
      Thread.ofPlatform().daemon().name("pinion-exits").inheritInheritableThreadLocals(false)
          .start(ExitWatch::install);
    }
    return () -> WATCHING.remove(exits);
  }

  private static void install() {
    Calls.LOGGER.addHandler(new ExitWatch());
    Calls.LOGGER.setLevel(Level.FINE);
  }

  @Override
  public void publish(LogRecord call) {
    String handler = HandlerScope.currentHandler();
    Throwable at = call.getThrown();
    if (at != null) WATCHING.forEach(each -> each.accept(handler, at));
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
