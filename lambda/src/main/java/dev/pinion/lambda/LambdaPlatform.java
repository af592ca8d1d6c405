package dev.pinion.lambda;

import dev.pinion.json.RecordCodec;
import dev.pinion.spi.CheckedStore;
import dev.pinion.spi.ConfigModel;
import dev.pinion.spi.JsonCodec;
import dev.pinion.spi.Platform;
import dev.pinion.spi.ResourceModel;
import dev.pinion.spi.SecretModel;
import dev.pinion.spi.Sender;
import dev.pinion.spi.Store;
import dev.pinion.spi.TableModel;
import dev.pinion.spi.WebSocketModel;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What a function's handler acts on: what its environment names, reached over one HTTP client. Any thread. */
final class LambdaPlatform implements Platform {
  private final Environment environment;
  private final Secrets secrets;
  private final RecordCodec json;
  private final Store store;
  private final Map<String, Sender> senders = new HashMap<>();

  /** Makes the clients that the function needs. */
  LambdaPlatform(
      Environment environment, Clients clients, SdkHttpClient http, Retries retries, Secrets secrets,
      RecordCodec json) {
    this.environment = environment;
    this.secrets = secrets;
    this.json = json;
    store = new CheckedStore(new DynamoDbStore(dynamoDb(environment, clients, http), this::tableName, retries));
    environment.webSockets()
        .forEach(
            (id, endpoints) -> senders.put(
                id, new ManagementSender(clients.management(endpoints.callback(), http), endpoints.url(), retries)));
  }

  /** The client, made now if the function has tables. */
  private static Supplier<DynamoDbClient> dynamoDb(Environment environment, Clients clients, SdkHttpClient http) {
    if (environment.tables().isEmpty()) {
      return () -> clients.dynamoDb(http);
    }
    DynamoDbClient made = clients.dynamoDb(http);
    return () -> made;
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
          kind + " '" + resource.id() + "' (" + resource.location() + ") is not among what handler '"
              + environment.handler() + "' was compiled to use: `pinion explain` shows what it is. Use the " + kind
              + " in the handler itself, not by reflection, and compile and deploy again");
    }
    return found;
  }
}
