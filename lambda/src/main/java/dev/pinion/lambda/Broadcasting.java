package dev.pinion.lambda;

import dev.pinion.Broadcast;
import dev.pinion.LimitExceededException;
import dev.pinion.ServiceException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * One text on its way to many connections: up to 32 posts at once, on virtual threads, and fewer of them after each
 * that API Gateway throttled. Used once.
 */
final class Broadcasting {
  /** More gain nothing on the part of a processor that a function has. */
  static final int MOST_AT_ONCE = 32;

  private final Retries retries;
  private final Predicate<String> post;
  private final Window window = new Window(MOST_AT_ONCE);
  private final AtomicInteger sent = new AtomicInteger();
  private final ConcurrentSkipListMap<Integer, String> gone = new ConcurrentSkipListMap<>();
  private final Map<String, ServiceException> failed = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<RuntimeException> broken = new ConcurrentLinkedQueue<>();

  /**
   * A broadcast.
   *
   * @param post sends to one connection, false when it is gone
   */
  Broadcasting(Retries retries, Predicate<String> post) {
    this.retries = retries;
    this.post = post;
  }

  /**
   * Sends, and waits until all have been answered.
   *
   * @throws SdkException the first fault that is none of API Gateway's refusals, when all others have been answered
   */
  Broadcast send(Iterator<String> connectionIds) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int place = 0; connectionIds.hasNext(); place++) {
        start(threads, place, connectionIds.next());
      }
    }
    RuntimeException first = broken.poll();
    if (first != null) {
      broken.forEach(first::addSuppressed);
      throw first;
    }
    List<String> ids = new ArrayList<>(gone.values());
    return new Broadcast(sent.get(), ids, failed);
  }

  private void start(ExecutorService threads, int place, String id) {
    try {
      int round = window.enter();
      threads.execute(() -> {
        try {
          deliver(place, id, round);
        } finally {
          window.leave();
        }
      });
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted in the middle of a broadcast", e);
    }
  }

  private void deliver(int place, String id, int firstRound) {
    int round = firstRound;
    for (int attempt = 1; retries.inTime(); attempt++) {
      try {
        boolean there = post.test(id);
        window.succeeded();
        if (there) {
          sent.incrementAndGet();
        } else {
          gone.put(place, id);
        }
        return;
      } catch (ServiceException e) {
        failed.put(id, e);
        return;
      } catch (SdkException e) {
        if (Retries.throttled(e)) {
          round = window.throttled(round);
        }
        if (!retries.pause(e, attempt)) {
          give(id, Refusals.management(e));
          return;
        }
      }
    }
    failed.put(id, new LimitExceededException("Not sent: the invocation has no time left"));
  }

  private void give(String id, RuntimeException failure) {
    if (failure instanceof ServiceException refusal) {
      failed.put(id, refusal);
    } else {
      broken.add(failure);
    }
  }
}
