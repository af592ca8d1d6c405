package dev.pinion.sim;

import dev.pinion.spi.OutgoingMessage;
import dev.pinion.spi.QueueModel;
import dev.pinion.spi.QueueSender;

/** Queues whose sends are checked against roles before they are executed. Any thread. */
final class GuardedQueues implements QueueSender {
  private final QueueSender queues;
  private final PermissionGuard guard;

  GuardedQueues(QueueSender queues, PermissionGuard guard) {
    this.queues = queues;
    this.guard = guard;
  }

  @Override
  public String sendMessage(QueueModel queue, OutgoingMessage message) {
    guard.check(guard.operations().send(queue));
    return queues.sendMessage(queue, message);
  }
}
