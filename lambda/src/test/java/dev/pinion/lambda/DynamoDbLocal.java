package dev.pinion.lambda;

import dev.pinion.contract.StoreBackend;
import dev.pinion.spi.CheckedStore;
import dev.pinion.spi.Store;
import dev.pinion.spi.TableModel;
import dev.pinion.spi.TableModel.IndexModel;
import dev.pinion.spi.TableModel.KeyAttribute;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexUpdate;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;

/** AWS's DynamoDB Local in this process, in memory, on a free port of the loopback address. */
public final class DynamoDbLocal implements AutoCloseable {
  private final Server server;
  private final URI endpoint;

  private DynamoDbLocal(Server server, URI endpoint) {
    this.server = server;
    this.endpoint = endpoint;
  }

  /** Starts one without tables. */
  public static DynamoDbLocal start() throws Exception {
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server, 1, 1);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(
        new LocalDynamoDBServerHandler(new LocalDynamoDBRequestHandler(0, true, null, true, false), null));
    server.start();
    return new DynamoDbLocal(server, URI.create("http://127.0.0.1:" + connector.getLocalPort()));
  }

  /** Runs one until the process is ended, and tells where. */
  public static void main(String[] arguments) throws Exception {
    DynamoDbLocal started = start();
    System.out.println("listening on " + started.endpoint());
    started.server.join();
  }

  /** Starts one with an app's tables, for the functions' client without checks of its own. */
  public static StoreBackend backend(List<TableModel> tables) throws Exception {
    DynamoDbLocal started = start();
    StoreBackend backend = started.with(tables);
    return new StoreBackend(backend.store(), () -> {
      backend.close();
      started.close();
    });
  }

  /** Makes an app's tables, for the functions' client without checks of its own. */
  public StoreBackend with(List<TableModel> tables) {
    try (DynamoDbClient sdk = sdk()) {
      tables.forEach(table -> create(sdk, table, table.id()));
    }
    return new StoreBackend(store(endpoint), () -> {});
  }

  /** The functions' client of tables that have their ids as names, at any endpoint. */
  public static Store store(URI endpoint) {
    Waits time = Waits.patient();
    DynamoDb client = new DynamoDb(Senders.client(variables(endpoint), time));
    return new DynamoDbStore(client, TableModel::id, new Pause(time));
  }

  /** Starts one as {@link #backend} does, behind the checks that a function makes. */
  public static StoreBackend checkedBackend(List<TableModel> tables) throws Exception {
    StoreBackend backend = backend(tables);
    return new StoreBackend(new CheckedStore(backend.store()), backend.end());
  }

  /** The AWS SDK's client, which waits for its first answer: that takes long on a machine that has much else to do. */
  private DynamoDbClient sdk() {
    return sdk(endpoint);
  }

  /** The AWS SDK's client at any endpoint, with credentials that no AWS account has. */
  public static DynamoDbClient sdk(URI endpoint) {
    return DynamoDbClient.builder()
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", "secret")))
        .httpClient(UrlConnectionHttpClient.builder().socketTimeout(Duration.ofMinutes(3)).build())
        .build();
  }

  /** Where it is reached. */
  public URI endpoint() {
    return endpoint;
  }

  /** A function's variables that lead to it. */
  public Map<String, String> variables() {
    return variables(endpoint);
  }

  private static Map<String, String> variables(URI endpoint) {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("AWS_ENDPOINT_URL_DYNAMODB", endpoint.toString());
    variables.put("AWS_REGION", "us-east-1");
    return variables;
  }

  /** Makes a table as Pinion deploys it, under a name. */
  public static void create(DynamoDbClient client, TableModel table, String name) {
    Map<String, AttributeDefinition> attributes = new LinkedHashMap<>();
    CreateTableRequest.Builder request =
        CreateTableRequest.builder()
            .tableName(name)
            .billingMode(BillingMode.PAY_PER_REQUEST)
            .keySchema(schema(table.hashKey(), table.rangeKey(), attributes));
    List<GlobalSecondaryIndex> indexes = new ArrayList<>();
    for (IndexModel index : table.indexes()) {
      indexes.add(
          GlobalSecondaryIndex.builder()
              .indexName(index.name())
              .keySchema(schema(index.hashKey(), index.rangeKey(), attributes))
              .projection(projection -> projection.projectionType(ProjectionType.ALL))
              .build());
    }
    if (!indexes.isEmpty()) {
      request.globalSecondaryIndexes(indexes);
    }
    client.createTable(request.attributeDefinitions(attributes.values()).build());
  }

  /** Adds the indexes of an app's new version to a table with rows, and waits until they are filled. */
  public void addIndexes(TableModel table) throws InterruptedException {
    try (DynamoDbClient sdk = sdk()) {
      for (IndexModel index : table.indexes()) {
        Map<String, AttributeDefinition> attributes = new LinkedHashMap<>();
        schema(table.hashKey(), table.rangeKey(), attributes);
        List<KeySchemaElement> key = schema(index.hashKey(), index.rangeKey(), attributes);
        sdk.updateTable(
            request -> request.tableName(table.id())
                .attributeDefinitions(attributes.values())
                .globalSecondaryIndexUpdates(
                    GlobalSecondaryIndexUpdate.builder()
                        .create(
                            create -> create.indexName(index.name())
                                .keySchema(key)
                                .projection(projection -> projection.projectionType(ProjectionType.ALL)))
                        .build()));
        while (!isActive(sdk, table.id())) {
          Thread.sleep(100); // DynamoDB Local does not say when it is done
        }
      }
    }
  }

  private static boolean isActive(DynamoDbClient sdk, String name) {
    return sdk.describeTable(request -> request.tableName(name)).table().globalSecondaryIndexes().stream()
        .allMatch(index -> index.indexStatus() == IndexStatus.ACTIVE);
  }

  private static List<KeySchemaElement> schema(
      KeyAttribute hash, Optional<KeyAttribute> range, Map<String, AttributeDefinition> attributes) {
    List<KeySchemaElement> schema = new ArrayList<>(List.of(element(hash, KeyType.HASH, attributes)));
    range.ifPresent(key -> schema.add(element(key, KeyType.RANGE, attributes)));
    return schema;
  }

  private static KeySchemaElement element(
      KeyAttribute key, KeyType type, Map<String, AttributeDefinition> attributes) {
    attributes.put(
        key.name(),
        AttributeDefinition.builder()
            .attributeName(key.name())
            .attributeType(ScalarAttributeType.fromValue(key.type().code()))
            .build());
    return KeySchemaElement.builder().attributeName(key.name()).keyType(type).build();
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
