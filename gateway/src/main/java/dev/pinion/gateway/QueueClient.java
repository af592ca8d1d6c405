package dev.pinion.gateway;

import dev.pinion.spi.ConnectionContext;

/** The connection whose work a {@link ConnectionQueue} holds. */
interface QueueClient {

  /** Returns what events say of the connection. Any thread. */
  ConnectionContext context();

  /** Sends what no sender waits for; dropped when the client is too slow or gone. Any thread. */
  void reply(byte[] utf8);

  /** Sends API Gateway's frame for a message that was not handled. Any thread. */
  void complain(String message, String requestId);

  /** Writes what handlers have sent and nobody has yet written. Any thread. */
  void flush();

  /** Closes the connection soon: it keeps most of what all clients may keep together. Any thread, under locks. */
  void overBudget();

  /** The connection has ended, and all its handlers have finished. Any thread. */
  void finished();

  /** Decodes again: the queue has room. Any thread. */
  void resume();
}
