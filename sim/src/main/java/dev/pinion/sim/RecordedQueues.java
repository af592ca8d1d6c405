package dev.pinion.sim;

import dev.pinion.sim.RequestTrace.Call;
import dev.pinion.spi.OutgoingMessage;
import dev.pinion.spi.QueueModel;
import dev.pinion.spi.QueueSender;
import java.util.List;

/** Queues whose sends are noted in the trace of the request that caused them, while somebody looks. Any thread. */
final class RecordedQueues implements QueueSender {
  private final QueueSender queues;
  private final Recording recording;

  RecordedQueues(QueueSender queues, Recording recording) {
    this.queues = queues;
    this.recording = recording;
  }

  @Override
  public String sendMessage(QueueModel queue, OutgoingMessage message) {
    RequestTrace trace = recording.trace();
    if (trace == null) return queues.sendMessage(queue, message);
    String how = (message.delay().isZero() ? "" : "in " + message.delay().toSeconds() + " s ")
        + message.group().map(each -> "in the group " + each).orElse("");
    return trace.step(
        new Call("send", queue.id(), () -> how.isEmpty() ? message.body() : how + "\n" + message.body(), List::of),
        () -> queues.sendMessage(queue, message), id -> "message " + id);
  }
}
