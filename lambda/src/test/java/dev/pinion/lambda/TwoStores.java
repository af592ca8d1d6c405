package dev.pinion.lambda;

import dev.pinion.Cloud;
import dev.pinion.Definition;
import dev.pinion.Table;
import dev.pinion.json.RecordCodec;
import dev.pinion.sim.LocalTables;
import dev.pinion.spi.ConfigModel;
import dev.pinion.spi.JsonCodec;
import dev.pinion.spi.Platform;
import dev.pinion.spi.SecretModel;
import dev.pinion.spi.Sender;
import dev.pinion.spi.Store;
import dev.pinion.spi.TableModel;
import dev.pinion.spi.WebSocketModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** An app's tables twice: as a function has them, on DynamoDB Local, and on the local platform. */
final class TwoStores implements AutoCloseable {
  private final DynamoDbLocal dynamoDb;
  private final DynamoDbClient client;
  private final LocalTables local;
  private final List<TableModel> models;
  private final List<Table> theirs;
  private final List<Table> ours;

  /** A platform of an app that has only tables. */
  private record StoreOnly(Store store) implements Platform {
    @Override
    public Sender sender(WebSocketModel webSocket) {
      throw new UnsupportedOperationException();
    }

    @Override
    public String config(ConfigModel config) {
      throw new UnsupportedOperationException();
    }

    @Override
    public String secret(SecretModel secret) {
      throw new UnsupportedOperationException();
    }

    @Override
    public JsonCodec json() {
      return new RecordCodec();
    }
  }

  /** Tables of the same declarations, empty; those of the local platform in a folder. */
  TwoStores(Path folder, Function<Cloud, List<Table>> declarations) throws Exception {
    dynamoDb = DynamoDbLocal.start();
    var credentials = StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b"));
    client = new Clients(dynamoDb.variables(), credentials).dynamoDb(DynamoDbLocal.http());
    models = new ArrayList<>();
    theirs = on(new DynamoDbStore(() -> client, TableModel::id, new Retries(Senders.aMinute())), declarations);
    models.forEach(model -> DynamoDbLocal.create(client, model, model.id()));
    local = new LocalTables(folder, models);
    ours = on(local.store(), declarations);
  }

  private List<Table> on(Store store, Function<Cloud, List<Table>> declarations) {
    List<Table> tables = new ArrayList<>();
    Definition definition = Definition.of(cloud -> tables.addAll(declarations.apply(cloud)));
    definition.bind(new StoreOnly(store));
    if (models.isEmpty()) {
      models.addAll(definition.model().tables());
    }
    return tables;
  }

  /** What the tables are, in the order of declaration. */
  List<TableModel> models() {
    return models;
  }

  /** The tables on DynamoDB Local. */
  List<Table> theirs() {
    return theirs;
  }

  /** The tables on the local platform. */
  List<Table> ours() {
    return ours;
  }

  @Override
  public void close() {
    local.close();
    client.close();
    dynamoDb.close();
  }
}
