package dev.pinion.contract;

import dev.pinion.App;
import dev.pinion.Cloud;
import dev.pinion.MessageQueue;
import dev.pinion.QueueMessageHandler;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;

/** An app with queues, whose handlers do what a test says. Their visibility timeouts are 60 s. */
public final class QueueApp implements App {
  /** What the handlers do. */
  static final AtomicReference<QueueMessageHandler<String>> HANDLER = new AtomicReference<>((_, _) -> {});
  /** A standard queue whose handler gets one message at a time, of the define that ran last. */
  static final AtomicReference<MessageQueue<String>> JOBS = new AtomicReference<>();
  /** A standard queue whose handler gets up to ten. */
  static final AtomicReference<MessageQueue<String>> BATCHES = new AtomicReference<>();
  /** A FIFO queue: the key is what precedes a hyphen. */
  static final AtomicReference<MessageQueue<String>> ORDERED = new AtomicReference<>();
  /** The same, whose handler gets up to ten messages. */
  static final AtomicReference<MessageQueue<String>> TOGETHER = new AtomicReference<>();
  /** The same, which drops a message if it has had one with the same end behind the hyphen. */
  static final AtomicReference<MessageQueue<String>> ONCE = new AtomicReference<>();

  @Override
  public void define(Cloud cloud) {
    MessageQueue<String> jobs = cloud.queue("jobs", String.class).maxReceives(3).create();
    MessageQueue<String> batches = cloud.queue("batches", String.class).batchSize(10).maxReceives(2).create();
    MessageQueue<String> ordered = cloud.queue("ordered", String.class).orderedBy(m -> m.replaceFirst("-.*", ""))
        .maxReceives(2).create();
    MessageQueue<String> together = cloud.queue("together", String.class).orderedBy(m -> m.replaceFirst("-.*", ""))
        .batchSize(10).maxReceives(3).create();
    MessageQueue<String> once = cloud.queue("once", String.class).orderedBy(m -> m.replaceFirst("-.*", ""))
        .deduplicatedBy(m -> m.replaceFirst(".*-", "")).create();
    jobs.onMessage((m, about) -> HANDLER.get().handle(m, about)).timeout(Duration.ofSeconds(10)).allow(jobs)
        .allow(batches).allow(ordered).allow(together).allow(once);
    batches.onMessage((m, about) -> HANDLER.get().handle(m, about)).timeout(Duration.ofSeconds(10));
    ordered.onMessage((m, about) -> HANDLER.get().handle(m, about)).timeout(Duration.ofSeconds(10)).allow(ordered);
    together.onMessage((m, about) -> HANDLER.get().handle(m, about)).timeout(Duration.ofSeconds(10));
    once.onMessage((m, about) -> HANDLER.get().handle(m, about)).timeout(Duration.ofSeconds(10));
    JOBS.set(jobs);
    BATCHES.set(batches);
    ORDERED.set(ordered);
    TOGETHER.set(together);
    ONCE.set(once);
  }
}
