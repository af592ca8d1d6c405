package dev.pinion.spi;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One call of a handler, as the threads that work for it see it: {@link Dispatcher} binds it to the thread that runs
 * the handler, and threads that the handler creates inherit it. Threads of a pool inherit it from whichever handler
 * happened to need a new thread, so what they run may be another handler's.
 */
public final class HandlerScope {
  private static final InheritableThreadLocal<@Nullable HandlerScope> CURRENT = new InheritableThreadLocal<>() {
    @Override
    protected @Nullable HandlerScope childValue(@Nullable HandlerScope parent) {
      if (parent == null || parent.isOverOn(Thread.currentThread())) {
        return null;
      }
      parent.inherited = true;
      return parent;
    }
  };

  private static final AtomicLong CHANGES = new AtomicLong();
  private static volatile String last = "";

  private final String handler;
  /** Written by the thread of the call before any other sees this. */
  private Lineage lineage;
  private final Thread thread;
  private long changes;
  /** Whether a thread was created that sees this. Written by the thread of the call before any other sees this. */
  private boolean inherited;
  /** Whether the call has ended, for its own thread. */
  private boolean over;
  /** When the call ended, for threads that have inherited this. */
  private volatile @Nullable Long end;

  private HandlerScope(String handler, Lineage lineage, Thread thread, long changes) {
    this.handler = handler;
    this.lineage = lineage;
    this.thread = thread;
    this.changes = changes;
  }

  /**
   * Binds a call of a handler to the current thread, until {@link #exit}. The thread's next call of the same handler
   * uses the same scope, unless other threads have inherited it.
   */
  static HandlerScope enter(String handler) {
    return enter(handler, Lineage.NONE);
  }

  /** As {@link #enter(String)}, for a call that others have led to. */
  static HandlerScope enter(String handler, Lineage lineage) {
    if (!handler.equals(last)) {
      last = handler;
      CHANGES.incrementAndGet();
    }
    Thread thread = Thread.currentThread();
    HandlerScope before = CURRENT.get();
    if (before != null && before.isOverOn(thread) && !before.inherited && before.handler.equals(handler)) {
      before.changes = CHANGES.get();
      before.over = false;
      before.lineage = lineage;
      return before;
    }
    HandlerScope scope = new HandlerScope(handler, lineage, thread, CHANGES.get());
    CURRENT.set(scope);
    return scope;
  }

  /** Runs what creates or declares an app: threads that it creates later work for any handler. */
  public static void define(Runnable define) {
    HandlerScope before = CURRENT.get();
    CURRENT.set(new HandlerScope("", Lineage.NONE, Thread.currentThread(), 0));
    try {
      define.run();
    } finally {
      CURRENT.set(before);
    }
  }

  /** Ends the call. On the thread that entered it. */
  void exit() {
    if (inherited) {
      end = System.nanoTime();
    }
    over = true;
  }

  private boolean isOverOn(Thread current) {
    return thread.equals(current) && over;
  }

  /** Returns the call that the current thread runs, or the one that created the thread; empty if there is none. */
  public static Optional<HandlerScope> current() {
    HandlerScope scope = CURRENT.get();
    return scope == null || scope.isOverOn(Thread.currentThread()) ? Optional.empty() : Optional.of(scope);
  }

  /** Returns the path of the handler of {@link #current()}, without an object for it; empty if there is none. */
  public static String currentHandler() {
    HandlerScope scope = CURRENT.get();
    return scope == null || scope.isOverOn(Thread.currentThread()) ? "" : scope.handler;
  }

  /** Returns whether calls of other handlers have begun since, which may have handed work to a thread of this one. */
  public boolean othersFollowed() {
    return CHANGES.get() != changes;
  }

  /** Returns the path of the handler; empty for a thread that {@code define} created. */
  public String handler() {
    return handler;
  }

  /**
   * Returns the calls that have led to what the current thread does. A thread of a pool, which may outlive the call
   * that it began in, carries none on after its end.
   */
  public static Lineage currentLineage() {
    return current().filter(scope -> scope.isOwn() || scope.end().isEmpty()).map(HandlerScope::lineage)
        .orElse(Lineage.NONE);
  }

  /** Returns the calls that have led to this one, with this one. */
  public Lineage lineage() {
    return lineage;
  }

  /** Returns whether the current thread is the one that runs the handler, and not one that inherited the scope. */
  public boolean isOwn() {
    return thread.equals(Thread.currentThread()) && !over;
  }

  /**
   * Returns the value of {@link System#nanoTime} when the call ended, for a thread that has inherited this; empty while
   * the handler runs.
   */
  public Optional<Long> end() {
    return Optional.ofNullable(end);
  }
}
