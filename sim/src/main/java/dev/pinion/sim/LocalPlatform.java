package dev.pinion.sim;

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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The local platform: the tables, senders, tasks, queues and values that handlers act on. An event may arrive before
 * all gateways have started; a handler that sends through one that has not, or asks for its URL, waits for it.
 */
final class LocalPlatform implements Platform {
  private final Store store;
  private final TaskStarter tasks;
  private final QueueSender queues;
  private final Optional<PermissionGuard> guard;
  private final LocalValues values;
  private final JsonCodec json;
  private final Recording recording;
  private final Map<String, CompletableFuture<Sender>> senders = new ConcurrentHashMap<>();
  private final Map<String, CompletableFuture<String>> httpUrls = new ConcurrentHashMap<>();

  LocalPlatform(Store store, TaskStarter tasks, QueueSender queues, LocalValues values, JsonCodec json,
      Optional<PermissionGuard> guard,
      Recording recording) {
    this.store = new RecordedStore(guard.<Store>map(each -> new GuardedStore(store, each)).orElse(store), recording);
    this.tasks = new RecordedTasks(
        guard.<TaskStarter>map(each -> new GuardedTasks(tasks, each)).orElse(tasks), recording);
    this.queues = new RecordedQueues(
        guard.<QueueSender>map(each -> new GuardedQueues(queues, each)).orElse(queues), recording);
    this.recording = recording;
    this.guard = guard;
    this.values = values;
    this.json = json;
  }

  void started(WebSocketModel webSocket, Sender sender) {
    Sender guarded = guard.<Sender>map(each -> new GuardedSender(sender, webSocket, each)).orElse(sender);
    future(webSocket).complete(new RecordedSender(webSocket.id(), guarded, recording));
  }

  void started(HttpApiModel api, String url) {
    httpUrls.computeIfAbsent(api.id(), _ -> new CompletableFuture<>()).complete(url);
  }

  private CompletableFuture<Sender> future(WebSocketModel webSocket) {
    return senders.computeIfAbsent(webSocket.id(), _ -> new CompletableFuture<>());
  }

  @Override
  public Store store() {
    return store;
  }

  @Override
  public Sender sender(WebSocketModel webSocket) {
    return future(webSocket).join();
  }

  @Override
  public String httpUrl(HttpApiModel api) {
    guard.ifPresent(each -> each.check(each.operations().url(api)));
    return httpUrls.computeIfAbsent(api.id(), _ -> new CompletableFuture<>()).join();
  }

  @Override
  public TaskStarter tasks() {
    return tasks;
  }

  @Override
  public QueueSender queues() {
    return queues;
  }

  @Override
  public String config(ConfigModel config) {
    guard.ifPresent(each -> each.check(each.operations().value(config)));
    return values.of(config);
  }

  @Override
  public String secret(SecretModel secret) {
    guard.ifPresent(each -> each.check(each.operations().value(secret)));
    return values.of(secret);
  }

  @Override
  public JsonCodec json() {
    return json;
  }
}
