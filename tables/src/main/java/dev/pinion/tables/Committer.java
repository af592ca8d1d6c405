package dev.pinion.tables;

import dev.pinion.ServiceException;
import dev.pinion.spi.TableModel;
import dev.pinion.tables.UncommittedWrite.Change;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that writes: it applies the writes that wait one after another, brings all of them to the disk
 * together, shows them to readers and only then answers.
 *
 * <p>A thread of its own, and not the callers', because an interrupt in the middle of a write would close the file
 * under everyone else. It outlives whatever a write fails with, such as a full disk or too little memory: that write
 * fails, and the next ones are tried.
 */
final class Committer implements AutoCloseable {
  private static final int WRITES_TOGETHER = 1_000;
  private static final int BYTES_TOGETHER = 1 << 20;
  /** After so long, changes that could not be passed on are passed on again. */
  private static final long AGAIN_MILLIS = 1_000;

  private final LinkedBlockingQueue<Write<?>> queue = new LinkedBlockingQueue<>();
  private final CommitSink file;
  private final ChangeCapture capture;
  private final Write<Boolean> stop = new Write<>(_ -> true);
  private final CompletableFuture<Boolean> ended = new CompletableFuture<>();
  private volatile Snapshot snapshot;
  private volatile boolean closed;
  private volatile boolean finished;

  /**
   * Starts the thread.
   *
   * @param start the tables as they are on disk
   * @param file where commits are kept, from now on this thread's alone
   * @param capture finds the changes that are to be handled
   */
  Committer(Snapshot start, CommitSink file, ChangeCapture capture) {
    this.capture = capture;
    this.snapshot = start;
    this.file = file;
    Thread.ofPlatform().inheritInheritableThreadLocals(false).daemon().name("pinion-tables").start(this::run);
  }

  /** The tables as the last acknowledged write left them. */
  Snapshot snapshot() {
    return snapshot;
  }

  /**
   * Does a write and waits until it is durable.
   *
   * @param work what to do; whatever it throws leaves everything as it was, and is thrown on
   * @throws IllegalStateException when the tables are closed, the disk is full or fails, or the memory is not enough
   */
  <T extends @Nullable Object> T write(Function<UncommittedWrite, T> work) {
    if (closed) {
      throw closedAlready();
    }
    StackRoom.need();
    Write<T> write = new Write<>(work);
    queue.add(write);
    if (finished && queue.remove(write)) {
      throw closedAlready();
    }
    return write.await();
  }

  /**
   * Does a write unless it says that nothing is to be done, and waits until it is durable.
   *
   * @param work what to do; false leaves everything as it was
   * @return what the work has returned
   */
  boolean attempt(Predicate<UncommittedWrite> work) {
    return write(pending -> {
      boolean done = work.test(pending);
      if (!done) {
        pending.discard();
      }
      return done;
    });
  }

  /**
   * Replaces the declared tables, all or none of them, and waits until that is durable. New indexes are built on the
   * caller's thread; writes go on meanwhile.
   *
   * @param inUse whether the indexes that the change before took away may still be read
   * @return why it cannot be done, a line for each table
   */
  List<String> redeclare(List<TableModel> declared, boolean inUse) {
    PreparedIndexes prepared;
    try {
      prepared = PreparedIndexes.of(snapshot, declared);
    } catch (OutOfMemoryError none) {
      throw new IllegalStateException(LowMemory.write(), none);
    }
    return write(pending -> TablesChange.add(declared, pending, file, inUse, prepared));
  }

  /** Returns why {@link #redeclare} cannot be done, a line for each table. */
  List<String> refusals(List<TableModel> declared) {
    return write(pending -> TablesChange.refusals(declared, pending, file));
  }

  private void run() {
    List<Write<?>> batch = new ArrayList<>(WRITES_TOGETHER);
    boolean stopped = false;
    while (!stopped) {
      batch.clear();
      Write<?> first = next();
      if (first == null) continue;
      batch.add(first);
      Throwable failure = commit(batch);
      batch.forEach(write -> write.answer(failure));
      stopped = batch.contains(stop);
    }
    finished = true;
    for (Write<?> late = queue.poll(); late != null; late = queue.poll()) {
      late.answer(closedAlready());
    }
    try {
      file.close();
      ended.complete(true);
    } catch (IOException | RuntimeException e) {
      ended.completeExceptionally(e);
    }
  }

  /** Returns the next write; null after a while in which changes of rows waited that could not be passed on. */
  private @Nullable Write<?> next() {
    try {
      if (capture.hasPassedOn()) return queue.take();
      Write<?> next = queue.poll(AGAIN_MILLIS, TimeUnit.MILLISECONDS);
      if (next == null && capture.passOn()) file.written(snapshot);
      return next;
    } catch (InterruptedException e) {
      throw new AssertionError("nobody has this thread to interrupt it", e);
    }
  }

  /**
   * Does the writes of a batch, and others that wait, up to 1 MB.
   *
   * @param batch the first write; the others are added
   * @return why none of them is done; null when they are, or each has its own refusal
   */
  @SuppressWarnings("IllegalCatch") // the writers see it
  private @Nullable Throwable commit(List<Write<?>> batch) {
    try {
      Snapshot next = snapshot;
      List<Change> changes = new ArrayList<>();
      capture.begin();
      Map<String, String> keys = new HashMap<>();
      long bytes = 0;
      Write<?> write = batch.getFirst();
      while (write != null) {
        UncommittedWrite pending = new UncommittedWrite(next);
        if (write.prepare(pending)) {
          capture.add(next, pending.changes());
          next = pending.snapshot();
          changes.addAll(pending.changes());
          keys.putAll(pending.keys());
          bytes += pending.changes().stream().mapToLong(Change::bytes).sum();
        }
        write = bytes < BYTES_TOGETHER && batch.size() < WRITES_TOGETHER ? queue.poll() : null;
        if (write != null) {
          batch.add(write);
        }
      }
      if (!changes.isEmpty() || !keys.isEmpty()) {
        file.write(keys, changes, capture.commit());
        capture.committed();
      }
      snapshot = next;
      if (capture.passOn() && !changes.isEmpty()) file.written(next);
      return null;
    } catch (IOException | RuntimeException | Error e) {
      return e;
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

    /** Ends the writer's waiting, also when there is no memory for the answer at first. */
    void answer(@Nullable Throwable failure) {
      Throwable problem = failure == null ? refusal : failure;
      boolean answered = false;
      while (!answered) {
        try {
          var _ = problem == null ? answer.complete(result) : answer.completeExceptionally(problem);
          answered = true;
        } catch (OutOfMemoryError e) {
          Thread.onSpinWait();
        }
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
          case OutOfMemoryError none -> throw new IllegalStateException(LowMemory.write(), none);
          case IOException full -> throw new IllegalStateException(full.getMessage(), full);
          case null, default -> throw new IllegalStateException("the write failed", e.getCause());
        }
      }
    }
  }
}
