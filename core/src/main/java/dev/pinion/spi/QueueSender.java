package dev.pinion.spi;

/** Sends messages to the queues of an app. Any thread. */
public interface QueueSender {
  /**
   * Sends a message. It is durable when this returns.
   *
   * @return the message's id; that of an earlier message if a FIFO queue drops this one as its duplicate
   * @throws dev.pinion.ServiceException if SQS refuses it
   */
  String sendMessage(QueueModel queue, OutgoingMessage message);
}
