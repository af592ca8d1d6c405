package dev.pinion.lambda;

import dev.pinion.awsclient.AwsClient;
import dev.pinion.json.RecordCodec;
import dev.pinion.spi.CheckedStore;
import dev.pinion.spi.ConfigModel;
import dev.pinion.spi.HttpApiModel;
import dev.pinion.spi.JsonCodec;
import dev.pinion.spi.Platform;
import dev.pinion.spi.QueueModel;
import dev.pinion.spi.QueueSender;
import dev.pinion.spi.ResourceModel;
import dev.pinion.spi.SecretModel;
import dev.pinion.spi.Sender;
import dev.pinion.spi.Store;
import dev.pinion.spi.TableModel;
import dev.pinion.spi.TaskStarter;
import dev.pinion.spi.WebSocketModel;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The platform of a function's handler: the resources that its environment names, on AWS. Any thread. */
final class LambdaPlatform implements Platform {
  private final Environment environment;
  private final Secrets secrets;
  private final RecordCodec json;
  private final Store store;
  private final TaskStarter tasks;
  private final QueueSender queues;
  private final Map<String, Sender> senders = new HashMap<>();

  LambdaPlatform(Environment environment, AwsClient client, Pause pause, Secrets secrets, RecordCodec json,
      Optional<Metrics> metrics) {
    this.environment = environment;
    this.secrets = secrets;
    this.json = json;
    store = new CheckedStore(new DynamoDbStore(new DynamoDb(client), this::tableName, pause));
    tasks = new LambdaTasks(
        client, InstantSource.system(), task -> there(environment.tasks().get(task.id()), "task", task));
    queues = new SqsSender(client, this::url, json);
    environment.webSockets()
        .forEach((id, endpoints) -> {
          Sender sender =
              new ManagementSender(client, endpoints.callback(), endpoints.url(), pause, System.err::println);
          senders.put(id, metrics.isPresent() ? new CountingSender(sender, metrics.get()) : sender);
        });
  }

  @Override
  public Store store() {
    return store;
  }

  private String tableName(TableModel table) {
    return there(environment.tables().get(table.id()), "table", table);
  }

  @Override
  public Sender sender(WebSocketModel webSocket) {
    return there(senders.get(webSocket.id()), "webSocket", webSocket);
  }

  @Override
  public String httpUrl(HttpApiModel api) {
    return there(environment.httpApis().get(api.id()), "httpApi", api);
  }

  @Override
  public TaskStarter tasks() {
    return tasks;
  }

  @Override
  public QueueSender queues() {
    return queues;
  }

  private String url(QueueModel queue) {
    return there(environment.queues().get(queue.id()), "queue", queue);
  }

  @Override
  public String config(ConfigModel config) {
    return there(environment.config().get(config.id()), config.kind(), config);
  }

  @Override
  public String secret(SecretModel secret) {
    there(environment.secrets().get(secret.id()), secret.kind(), secret);
    return there(secrets.values().get(secret.id()), secret.kind(), secret);
  }

  @Override
  public JsonCodec json() {
    return json;
  }

  private <T> T there(@Nullable T found, String kind, ResourceModel resource) {
    if (found == null) {
      throw new IllegalStateException(
          kind + " '" + resource.id() + "' (" + resource.location() + ") is not one of the resources that "
              + environment.name() + " was compiled with; `pinion explain` lists them. Use the " + kind
              + " in the handler itself, not by reflection, then compile and deploy again");
    }
    return found;
  }
}
