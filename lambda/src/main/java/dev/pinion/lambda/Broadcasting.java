package dev.pinion.lambda;

import dev.pinion.BadRequestException;
import dev.pinion.Broadcast;
import dev.pinion.ForbiddenException;
import dev.pinion.LimitExceededException;
import dev.pinion.ServiceException;
import dev.pinion.awsclient.AwsException;
import dev.pinion.awsclient.AwsUnreachableException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Sends one text to many connections: up to 32 posts at once, on virtual threads, and fewer after each post that API
 * Gateway throttles. Used once.
 *
 * <p>A failure for one receiver does not affect the others, and the result lists it. Only failures that concern all
 * receivers are thrown: the function may not post at all, or the ids cannot be read.
 */
final class Broadcasting {
  /** More posts at once are no faster on the part of a processor that a function has. */
  static final int MOST_AT_ONCE = 32;

  /** How many kinds of failures are logged. */
  private static final int LINES = 3;

  private final Pause pause;
  private final Predicate<String> post;
  private final Consumer<String> log;
  private final CallWindow window = new CallWindow(MOST_AT_ONCE);
  private final AtomicInteger sent = new AtomicInteger();
  private final ConcurrentSkipListMap<Integer, String> gone = new ConcurrentSkipListMap<>();
  private final ConcurrentSkipListMap<Integer, Failure> failed = new ConcurrentSkipListMap<>();

  private record Failure(String id, ServiceException cause) {}

  /**
   * Creates a broadcast.
   *
   * @param post sends to one connection; returns false if it is gone
   * @param log receives a line for failures that are alike
   */
  Broadcasting(Pause pause, Predicate<String> post, Consumer<String> log) {
    this.pause = pause;
    this.post = post;
    this.log = log;
  }

  /**
   * Sends, and waits until all posts have been answered.
   *
   * @throws ForbiddenException if the function's role does not allow posting
   * @throws RuntimeException if the iterator of ids throws it; the posts before have been answered
   */
  Broadcast send(Iterator<String> connectionIds) {
    int place = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      while (connectionIds.hasNext()) {
        @Nullable String id = connectionIds.next();
        if (id == null) {
          BadRequestException refused =
              new BadRequestException("the connection id at position " + (place + 1) + " is null");
          failed.put(place++, new Failure("null", refused));
        } else {
          start(threads, place++, id);
        }
      }
    }
    if (place > 0 && failed.size() == place && failed.values().stream().allMatch(Broadcasting::isForbidden)) {
      throw failed.firstEntry().getValue().cause;
    }
    return result();
  }

  private static boolean isForbidden(Failure failure) {
    return failure.cause instanceof ForbiddenException;
  }

  private Broadcast result() {
    List<String> ids = new ArrayList<>(gone.values());
    Map<String, ServiceException> failures = new LinkedHashMap<>();
    failed.values().forEach(each -> failures.put(each.id, each.cause));
    report();
    return new Broadcast(sent.get(), ids, failures);
  }

  /** Logs one line for all failures that are alike. */
  private void report() {
    Map<String, List<Failure>> alike = new LinkedHashMap<>();
    failed.values().forEach(each -> alike.computeIfAbsent(kind(each), _ -> new ArrayList<>()).add(each));
    alike.entrySet().stream().limit(LINES).forEach(
        each -> log.accept(
            "warning: a broadcast was not sent to " + each.getValue().size() + " of its receivers, such as "
                + each.getValue().getFirst().id + ": " + each.getKey()));
    if (alike.size() > LINES) {
      log.accept("warning: the broadcast also failed in " + (alike.size() - LINES) + " other ways");
    }
  }

  /** What a failure says, without its receiver, and without how often a post was tried: that depends on the others. */
  private static String kind(Failure failure) {
    String message = String.valueOf(failure.cause.getMessage()).replaceFirst(", after \\d+ attempts", "");
    boolean named = failure.id.length() > 8; // a shorter text may be part of a word
    return failure.cause.getClass().getSimpleName() + ": " + (named ? message.replace(failure.id, "...") : message);
  }

  private void start(ExecutorService threads, int place, String id) {
    try {
      int round = window.enter();
      threads.execute(() -> {
        try {
          deliver(place, id, round);
        } catch (Throwable e) {
          failed.put(place, new Failure(id, Refusals.unexpected(e)));
        } finally {
          window.leave();
        }
      });
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted during a broadcast", e);
    }
  }

  private void deliver(int place, String id, int firstRound) {
    int round = firstRound;
    for (int attempt = 1; pause.inTime(); attempt++) {
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
        failed.put(place, new Failure(id, e));
        return;
      } catch (AwsException e) {
        if (e instanceof AwsUnreachableException unreachable && unreachable.outOfTime()) {
          break;
        }
        if (e.isThrottling()) {
          round = window.throttled(round);
        }
        if (!e.isThrottling() || attempt >= ManagementSender.THROTTLED || !pause.after(attempt)) {
          failed.put(place, new Failure(id, Refusals.management(e)));
          return;
        }
      }
    }
    failed.put(place, new Failure(id, new LimitExceededException("Not sent: the invocation has no time left")));
  }
}
