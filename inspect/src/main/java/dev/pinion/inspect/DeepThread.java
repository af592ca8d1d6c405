package dev.pinion.inspect;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** A thread for calls that are nested more deeply than other threads let them. */
final class DeepThread {
  private static final long STACK = 256L << 20;

  private DeepThread() {}

  /** Returns what a call gives, made on a thread of its own while this one waits. */
  static <T> T call(Supplier<T> call) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Thread thread = new Thread(null, () -> {
      try {
        result.complete(call.get());
      } catch (RuntimeException | Error thrown) {
        result.completeExceptionally(thrown);
      }
    }, "pinion-analysis", STACK);
    thread.setDaemon(true);
    thread.start();
    try {
      return result.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException thrown) throw thrown;
      if (e.getCause() instanceof Error thrown) throw thrown;
      throw e;
    }
  }
}
