package dev.pinion.contract;

import dev.pinion.Cloud;
import dev.pinion.Definition;
import dev.pinion.Table;
import dev.pinion.spi.ConfigModel;
import dev.pinion.spi.HttpApiModel;
import dev.pinion.spi.JsonCodec;
import dev.pinion.spi.Platform;
import dev.pinion.spi.QueueSender;
import dev.pinion.spi.SecretModel;
import dev.pinion.spi.Sender;
import dev.pinion.spi.Store;
import dev.pinion.spi.TableModel;
import dev.pinion.spi.TaskStarter;
import dev.pinion.spi.WebSocketModel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * An app that has only tables, on a back end.
 *
 * @param models what the app declares, in the order of declaration
 * @param tables the tables that act on the back end, in the same order
 * @param backend the back end, closed with the app
 */
public record TablesApp(List<TableModel> models, List<Table> tables, StoreBackend backend) implements AutoCloseable {

  /** Declares the tables, starts a back end that has them, and binds them to it. */
  public static TablesApp start(Function<Cloud, List<Table>> declarations, StoreBackend.Start start)
      throws Exception {
    List<Table> tables = new ArrayList<>();
    Definition definition = Definition.of(cloud -> tables.addAll(declarations.apply(cloud)));
    List<TableModel> models = definition.model().tables();
    StoreBackend backend = start.with(models);
    definition.bind(new StoreOnly(backend.store()));
    return new TablesApp(models, tables, backend);
  }

  private record StoreOnly(Store store) implements Platform {
    @Override
    public Sender sender(WebSocketModel webSocket) {
      throw new UnsupportedOperationException();
    }

    @Override
    public TaskStarter tasks() {
      throw new UnsupportedOperationException();
    }

    @Override
    public String httpUrl(HttpApiModel api) {
      throw new UnsupportedOperationException();
    }

    @Override
    public QueueSender queues() {
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
      throw new UnsupportedOperationException();
    }
  }

  @Override
  public void close() {
    backend.close();
  }
}
