package dev.pinion.tables;

import dev.pinion.tables.MessageStore.Work;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that reads and writes the messages of a {@link MessageStore}. Changes that wait are brought to the
 * disk together. A thread of its own, as an interrupt in the middle of a write would close the file.
 */
final class MessageThread {
  private static final int TOGETHER = 1_000;
  private static final int BYTES_TOGETHER = 1 << 20;

  private final LinkedBlockingQueue<Call<?>> waiting = new LinkedBlockingQueue<>();
  private final MessageIndex index;
  private final MessageLog log;
  private final InstantSource clock;
  private final Call<Boolean> stop = new Call<>(_ -> true, true);
  private final CompletableFuture<Boolean> ended = new CompletableFuture<>();
  private volatile boolean closed;
  private volatile boolean finished;

  MessageThread(MessageIndex index, MessageLog log, InstantSource clock) {
    this.index = index;
    this.log = log;
    this.clock = clock;
    Thread.ofPlatform().inheritInheritableThreadLocals(false).daemon().name("pinion-messages").start(this::run);
  }

  /** Does work that does not read what others of the same commit have changed, and waits until it is durable. */
  <T extends @Nullable Object> T call(Work<T> work) {
    return call(new Call<>(work, false));
  }

  /** Does work that reads the index, and waits until it is durable. */
  <T extends @Nullable Object> T alone(Work<T> work) {
    return call(new Call<>(work, true));
  }

  private <T extends @Nullable Object> T call(Call<T> call) {
    if (closed) throw closedAlready();
    waiting.add(call);
    if (finished && waiting.remove(call)) throw closedAlready();
    return call.await();
  }

  private void run() {
    List<Call<?>> batch = new ArrayList<>();
    boolean stopped = false;
    while (!stopped) {
      batch.clear();
      try {
        batch.add(waiting.take());
      } catch (InterruptedException e) {
        throw new AssertionError("nobody has this thread to interrupt it", e);
      }
      if (!batch.getFirst().alone) waiting.drainTo(batch, TOGETHER);
      commit(batch);
      stopped = batch.contains(stop);
    }
    finished = true;
    for (Call<?> late = waiting.poll(); late != null; late = waiting.poll())
      late.answer.completeExceptionally(
          closedAlready());
    try {
      log.close();
      ended.complete(true);
    } catch (IOException | RuntimeException e) {
      ended.completeExceptionally(e);
    }
  }

  /** Does calls in their order, as few commits as possible. */
  private void commit(List<Call<?>> batch) {
    MessageCommit commit = new MessageCommit(index, log, clock.millis());
    List<Call<?>> together = new ArrayList<>();
    for (Call<?> call : batch) {
      if (call.alone || commit.size() > BYTES_TOGETHER) {
        write(commit, together);
        commit = new MessageCommit(index, log, clock.millis());
        together.clear();
      }
      call.prepare(commit);
      together.add(call);
      if (call.alone) {
        write(commit, together);
        commit = new MessageCommit(index, log, clock.millis());
        together.clear();
      }
    }
    write(commit, together);
  }

  @SuppressWarnings("IllegalCatch") // the callers see it
  private static void write(MessageCommit commit, List<Call<?>> calls) {
    try {
      if (calls.isEmpty()) return;
      commit.write();
      calls.forEach(each -> each.answer(null));
    } catch (IOException | RuntimeException | Error e) {
      calls.forEach(each -> each.answer(e));
    }
  }

  /** Does what waits, and ends the thread. */
  void close() {
    if (closed) return;
    closed = true;
    waiting.add(stop);
    ended.join();
  }

  private static IllegalStateException closedAlready() {
    return new IllegalStateException("the messages are closed");
  }

  private static final class Call<T extends @Nullable Object> {
    final boolean alone;
    private final Work<T> work;
    private final CompletableFuture<T> answer = new CompletableFuture<>();
    private @Nullable Throwable refusal;
    private @Nullable T result;

    Call(Work<T> work, boolean alone) {
      this.work = work;
      this.alone = alone;
    }

    @SuppressWarnings("IllegalCatch") // the caller sees it
    void prepare(MessageCommit commit) {
      try {
        result = commit.add(work);
      } catch (IOException | RuntimeException | Error e) {
        refusal = e;
      }
    }

    void answer(@Nullable Throwable failure) {
      Throwable problem = refusal == null ? failure : refusal;
      var _ = problem == null ? answer.complete(result) : answer.completeExceptionally(problem);
    }

    T await() {
      try {
        return answer.join();
      } catch (CompletionException e) {
        throw switch (e.getCause()) {
          case OutOfMemoryError none -> new IllegalStateException(LowMemory.write(), none);
          case IOException full -> new IllegalStateException(full.getMessage(), full);
          case IllegalStateException closed -> closed;
          case null, default -> new IllegalStateException("the write failed", e.getCause());
        };
      }
    }
  }
}
