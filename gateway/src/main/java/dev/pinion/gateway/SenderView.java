package dev.pinion.gateway;

import dev.pinion.engine.Writer;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * What senders see of a connection's queue, without its lock: whether the only thread that handles its messages sends,
 * and so what it has sent can be written later.
 *
 * <p>Only that thread has to see the latest values: it reads what it has written itself. Another one that sees an older
 * state writes at once, or leaves it to the thread or the loop, which write in any case.
 */
abstract class SenderView {
  private static final VarHandle SOLE;
  private static final VarHandle BACKLOG;

  static {
    try {
      SOLE = MethodHandles.lookup().findVarHandle(SenderView.class, "sole", HandlerThread.class);
      BACKLOG = MethodHandles.lookup().findVarHandle(SenderView.class, "backlog", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** The only thread, null when there are none or several. Not volatile, as a store of one waits for memory. */
  private @Nullable HandlerThread sole;
  /** Whether messages wait. */
  private boolean backlog;

  /** Shows which thread is the only one. */
  final void showSole(@Nullable HandlerThread only) {
    SOLE.setRelease(this, only);
  }

  /** Shows whether messages wait. */
  final void showBacklog(boolean some) {
    BACKLOG.setRelease(this, some);
  }

  /** Returns whether messages wait, or did just now. Any thread. */
  final boolean hasBacklog() {
    return (boolean) BACKLOG.getAcquire(this);
  }

  /** Returns who writes what a thread sends to this connection. Any thread. */
  final Writer writer(Thread sender) {
    HandlerThread only = (HandlerThread) SOLE.getAcquire(this);
    if (only == null || only.thread() != sender) {
      return Writer.EITHER;
    } else if (runsOnLoop(only)) {
      return Writer.TURN;
    }
    return hasBacklog() ? Writer.LATER : Writer.SENDER;
  }

  /** Returns whether a thread has run on the loop's thread without a break, or until just now. Any thread. */
  abstract boolean runsOnLoop(HandlerThread thread);
}
