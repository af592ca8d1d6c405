package dev.pinion.lambda;

import dev.pinion.Broadcast;
import dev.pinion.ConnectionInfo;
import dev.pinion.LimitExceededException;
import dev.pinion.spi.Sender;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Supplier;

/** Counts the sends whose connection is gone, and those that are throttled. Any thread. */
final class CountingSender implements Sender {
  private final Sender sender;
  private final Metrics metrics;

  CountingSender(Sender sender, Metrics metrics) {
    this.sender = sender;
    this.metrics = metrics;
  }

  @Override
  public boolean postToConnection(String connectionId, String data) {
    return counted(() -> sender.postToConnection(connectionId, data));
  }

  @Override
  public boolean deleteConnection(String connectionId) {
    return counted(() -> sender.deleteConnection(connectionId));
  }

  private boolean counted(Supplier<Boolean> call) {
    try {
      boolean there = call.get();
      if (!there) metrics.gone.increment();
      return there;
    } catch (LimitExceededException e) {
      metrics.throttled.increment();
      throw e;
    }
  }

  @Override
  public Optional<ConnectionInfo> getConnection(String connectionId) {
    return sender.getConnection(connectionId);
  }

  @Override
  public Broadcast broadcast(Iterator<String> connectionIds, String data) {
    Broadcast all = sender.broadcast(connectionIds, data);
    metrics.gone.add(all.gone().size());
    metrics.throttled.add(
        all.failed().values().stream().filter(LimitExceededException.class::isInstance).count());
    return all;
  }

  @Override
  public String url() {
    return sender.url();
  }
}
