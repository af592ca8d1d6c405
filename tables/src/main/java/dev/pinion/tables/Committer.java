package dev.pinion.tables;

import dev.pinion.ServiceException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that writes: it does the writes that have come in one after another, brings all of them to the disk
 * together, shows them to readers and only then answers.
 *
 * <p>A thread of its own, and not the callers', because an interrupt in the middle of a write would close the file
 * under everyone else.
 */
final class Committer implements AutoCloseable {
  private static final int WRITES_TOGETHER = 1_000;

  private final LinkedBlockingQueue<Write<?>> queue = new LinkedBlockingQueue<>();
  private final TablesFile file;
  private final Write<Boolean> stop = new Write<>(_ -> true);
  private final CompletableFuture<Boolean> ended = new CompletableFuture<>();
  private volatile Snapshot snapshot;
  private volatile boolean closed;
  private volatile boolean finished;

  /**
   * Starts the thread.
   *
   * @param start the tables as they are on disk
   * @param file where they are, from now on this thread's alone
   */
  Committer(Snapshot start, TablesFile file) {
    this.snapshot = start;
    this.file = file;
    Thread.ofPlatform().daemon().name("pinion-tables").start(this::run);
  }

  /** The tables as the last acknowledged write left them. */
  Snapshot snapshot() {
    return snapshot;
  }

  /**
   * Does a write and waits until it is durable.
   *
   * @param work what to do; whatever it throws leaves everything as it was, and is thrown on
   * @throws IllegalStateException when the tables are closed
   */
  <T extends @Nullable Object> T write(Function<UncommittedWrite, T> work) {
    if (closed) {
      throw closedAlready();
    }
    Write<T> write = new Write<>(work);
    queue.add(write);
    if (finished && queue.remove(write)) {
      throw closedAlready();
    }
    return write.await();
  }

  private void run() {
    List<Write<?>> batch = new ArrayList<>();
    boolean stopped = false;
    while (!stopped) {
      batch.clear();
      try {
        batch.add(queue.take());
      } catch (InterruptedException e) {
        throw new AssertionError("nobody has this thread to interrupt it", e);
      }
      queue.drainTo(batch, WRITES_TOGETHER);
      stopped = batch.contains(stop);
      commit(batch);
    }
    finished = true;
    for (Write<?> late = queue.poll(); late != null; late = queue.poll()) {
      late.answer(closedAlready());
    }
    try {
      file.close();
      ended.complete(true);
    } catch (RuntimeException e) {
      ended.completeExceptionally(e);
    }
  }

  private void commit(List<Write<?>> batch) {
    Snapshot next = snapshot;
    List<UncommittedWrite.Change> changes = new ArrayList<>();
    for (Write<?> write : batch) {
      UncommittedWrite pending = new UncommittedWrite(next);
      if (write.prepare(pending)) {
        next = pending.snapshot();
        changes.addAll(pending.changes());
      }
    }
    RuntimeException failure = null;
    try {
      if (!changes.isEmpty()) {
        file.write(changes);
      }
      snapshot = next;
    } catch (RuntimeException e) {
      failure = e;
    }
    for (Write<?> write : batch) {
      write.answer(failure);
    }
  }

  /** Waits for the writes that have come in, closes the file and ends the thread. */
  @Override
  public void close() {
    closed = true;
    queue.add(stop);
    ended.join();
  }

  private static IllegalStateException closedAlready() {
    return new IllegalStateException("the tables are closed");
  }

  private static final class Write<T extends @Nullable Object> {
    private final Function<UncommittedWrite, T> work;
    private final CompletableFuture<T> answer = new CompletableFuture<>();
    private @Nullable Throwable refusal;
    private @Nullable T result;

    Write(Function<UncommittedWrite, T> work) {
      this.work = work;
    }

    /** Does the work; whether it had nothing to object. */
    @SuppressWarnings("IllegalCatch")
    boolean prepare(UncommittedWrite pending) {
      try {
        result = work.apply(pending);
        return true;
      } catch (RuntimeException | Error e) {
        refusal = e;
        return false;
      }
    }

    void answer(@Nullable Throwable failure) {
      Throwable problem = failure == null ? refusal : failure;
      if (problem != null) {
        answer.completeExceptionally(problem);
      } else {
        answer.complete(result);
      }
    }

    /** The result; a refusal is thrown with the stack trace of the thread that asked. */
    T await() {
      try {
        return answer.join();
      } catch (CompletionException e) {
        switch (e.getCause()) {
          case ServiceException refused -> {
            refused.fillInStackTrace();
            throw refused;
          }
          case null, default -> throw new IllegalStateException("the write failed", e.getCause());
        }
      }
    }
  }
}
