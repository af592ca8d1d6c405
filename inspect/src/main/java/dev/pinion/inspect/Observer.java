package dev.pinion.inspect;

import dev.pinion.spi.ConfigModel;
import dev.pinion.spi.HttpApiModel;
import dev.pinion.spi.JsonCodec;
import dev.pinion.spi.Platform;
import dev.pinion.spi.QueueSender;
import dev.pinion.spi.SecretModel;
import dev.pinion.spi.Sender;
import dev.pinion.spi.Store;
import dev.pinion.spi.TaskStarter;
import dev.pinion.spi.WebSocketModel;

/** A platform on which nothing can be done. */
final class Observer implements Platform {
  @Override
  public Store store() {
    throw refused();
  }

  @Override
  public Sender sender(WebSocketModel webSocket) {
    throw refused();
  }

  @Override
  public String httpUrl(HttpApiModel api) {
    throw refused();
  }

  @Override
  public TaskStarter tasks() {
    throw refused();
  }

  @Override
  public QueueSender queues() {
    throw refused();
  }

  @Override
  public String config(ConfigModel config) {
    throw refused();
  }

  @Override
  public String secret(SecretModel secret) {
    throw refused();
  }

  @Override
  public JsonCodec json() {
    throw refused();
  }

  private static IllegalStateException refused() {
    return new IllegalStateException("the app is being inspected, and does not run");
  }
}
