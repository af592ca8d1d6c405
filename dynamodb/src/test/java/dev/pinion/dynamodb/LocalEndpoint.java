package dev.pinion.dynamodb;

import dev.pinion.contract.StoreBackend;
import dev.pinion.engine.HttpRequest;
import dev.pinion.engine.HttpResponse;
import dev.pinion.gateway.Gateway;
import dev.pinion.gateway.GatewayBuilder;
import dev.pinion.gateway.HttpEndpoint;
import dev.pinion.json.RecordCodec;
import dev.pinion.lambda.DynamoDbLocal;
import dev.pinion.spi.CheckedStore;
import dev.pinion.spi.Response;
import dev.pinion.spi.TableModel;
import dev.pinion.tables.EmbeddedTables;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Tables in memory, behind DynamoDB's protocol on a gateway's port, as a running app has them. */
final class LocalEndpoint implements AutoCloseable {
  private final EmbeddedTables tables;
  private final Gateway gateway;

  private LocalEndpoint(EmbeddedTables tables, Gateway gateway) {
    this.tables = tables;
    this.gateway = gateway;
  }

  private record Answers(DynamoDbEndpoint dynamoDb) implements HttpEndpoint {
    @Override
    public int bodyBytes(HttpRequest head, int usual) {
      return DynamoDbEndpoint.isFor(head) ? DynamoDbEndpoint.BODY_BYTES : usual;
    }

    @Override
    public Optional<HttpResponse> answer(HttpRequest request) {
      return dynamoDb.answer(request);
    }
  }

  static LocalEndpoint start(List<TableModel> models) {
    return start(models, InstantSource.system());
  }

  static LocalEndpoint start(List<TableModel> models, InstantSource clock) {
    EmbeddedTables tables = EmbeddedTables.inMemory(models, clock);
    DynamoDbEndpoint endpoint = new DynamoDbEndpoint(() -> models, tables.requests(), new RecordCodec(), clock);
    Gateway gateway =
        new GatewayBuilder(_ -> Response.OK).host("127.0.0.1").port(0).endpoint(new Answers(endpoint)).start();
    return new LocalEndpoint(tables, gateway);
  }

  /** Starts one for the functions' client, behind the checks that a function makes. */
  static StoreBackend functions(List<TableModel> models) {
    LocalEndpoint started = start(models);
    return new StoreBackend(new CheckedStore(DynamoDbLocal.store(started.uri())), started::close);
  }

  URI uri() {
    return URI.create(gateway.origin());
  }

  EmbeddedTables tables() {
    return tables;
  }

  @Override
  public void close() {
    gateway.close(Duration.ZERO);
    tables.close();
  }
}
