package dev.pinion.sim;

import dev.pinion.sim.ShownTexts.Shown;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * What the handler of one request does: its operations on tables, its sends, and what it prints. Threads that the
 * handler creates add to it until the handler has returned. Any thread.
 */
final class RequestTrace {
  static final int MOST_STEPS = 100;
  private static final int MOST_LOG_BYTES = 16_384;
  private static final int STEP_CHARACTERS = 2_000;
  private static final int RESULT_CHARACTERS = 500;

  private static final InheritableThreadLocal<@Nullable RequestTrace> CURRENT = new InheritableThreadLocal<>() {
    @Override
    protected @Nullable RequestTrace childValue(@Nullable RequestTrace parent) {
      return parent == null || parent.isOver() ? null : parent;
    }
  };

  private final ShownTexts texts;
  private final long began = System.nanoTime();
  private final List<Step> steps = new ArrayList<>();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream(0);
  private int stepsDropped;
  private boolean logCut;
  private int characters;
  private boolean over;

  /**
   * An operation of a handler.
   *
   * @param at when it began, in microseconds since the handler did
   * @param micros how long it took
   * @param operation such as {@code putItem} or {@code sendMessage}
   * @param resource the id of the table, WebSocket, config or secret
   * @param text what it was about
   * @param keys the keys of the rows that it may have changed, as DynamoDB's protocol writes them
   * @param result what came of it
   */
  record Step(
      long at, long micros, String operation, String resource, Shown text, List<Object> keys, Shown result,
      boolean failed) {}

  /** What an operation is, before it happens. */
  record Call(String operation, String resource, Supplier<String> text, Supplier<List<Object>> keys) {}

  RequestTrace(ShownTexts texts) {
    this.texts = texts;
  }

  /** Returns the request that the current thread works for; null if there is none. */
  static @Nullable RequestTrace current() {
    RequestTrace trace = CURRENT.get();
    return trace == null || trace.isOver() ? null : trace;
  }

  /** The current thread's handler begins. */
  void enter() {
    CURRENT.set(this);
  }

  /** It has ended. On the same thread. */
  void leave() {
    CURRENT.remove();
    synchronized (this) {
      over = true;
    }
  }

  private synchronized boolean isOver() {
    return over;
  }

  /** Performs an operation and notes it. */
  <T> T step(Call call, Supplier<T> action, Function<T, String> result) {
    long from = System.nanoTime();
    try {
      T done = action.get();
      add(call, from, result.apply(done), false);
      return done;
    } catch (RuntimeException | Error failed) {
      add(call, from, FailureText.logged(failed), true);
      throw failed;
    }
  }

  private void add(Call call, long from, String result, boolean failed) {
    long micros = (System.nanoTime() - from) / 1_000;
    synchronized (this) {
      if (over) return;
      if (steps.size() == MOST_STEPS) {
        stepsDropped++;
        return;
      }
    }
    Shown text = texts.of(call.text().get(), STEP_CHARACTERS);
    Step step = new Step(
        (from - began) / 1_000, micros, call.operation(), call.resource(), text, call.keys().get(),
        texts.of(result, RESULT_CHARACTERS), failed);
    synchronized (this) {
      steps.add(step);
      characters += text.text().length() + result.length() + 100;
    }
  }

  /** The handler has printed something. */
  synchronized void printed(byte[] data, int from, int length) {
    int room = MOST_LOG_BYTES - log.size();
    log.write(data, from, Math.min(room, length));
    logCut |= length > room;
  }

  long micros() {
    return (System.nanoTime() - began) / 1_000;
  }

  synchronized List<Step> steps() {
    return List.copyOf(steps);
  }

  synchronized int stepsDropped() {
    return stepsDropped;
  }

  /** Returns what was printed. */
  synchronized String log() {
    return texts.replaced(log.toString(UTF_8));
  }

  synchronized boolean isLogCut() {
    return logCut;
  }

  /** How many characters it takes. */
  synchronized int characters() {
    return characters + log.size();
  }
}
