package dev.pinion.inspect;

import dev.pinion.Broadcast;
import dev.pinion.ConnectionInfo;
import dev.pinion.Item;
import dev.pinion.Query;
import dev.pinion.Scan;
import dev.pinion.spi.ConfigModel;
import dev.pinion.spi.ConnectionOperation;
import dev.pinion.spi.HttpApiModel;
import dev.pinion.spi.JsonCodec;
import dev.pinion.spi.Page;
import dev.pinion.spi.Platform;
import dev.pinion.spi.QueueSender;
import dev.pinion.spi.Read;
import dev.pinion.spi.RowOperation;
import dev.pinion.spi.SecretModel;
import dev.pinion.spi.Sender;
import dev.pinion.spi.Store;
import dev.pinion.spi.TableModel;
import dev.pinion.spi.TaskModel;
import dev.pinion.spi.TaskOperation;
import dev.pinion.spi.TaskStarter;
import dev.pinion.spi.WebSocketModel;
import dev.pinion.spi.Write;
import java.lang.reflect.Constructor;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A platform on which everything succeeds and is remembered.
final class Recording implements Platform, Store {
  private static final Item ROW = Item.of("id", "1");

  private final Set<Use> used = ConcurrentHashMap.newKeySet();

  /// What has been used since this was asked last.
  Set<Use> used() {
    Set<Use> all = Set.copyOf(used);
    used.clear();
    return all;
  }

  private void row(TableModel table, RowOperation operation, Optional<String> index) {
    used.add(new Use.Rows(table.id(), operation, index));
  }

  private void write(Write write) {
    row(write.table(), switch (write) {
      case Write.Put _ -> RowOperation.PUT_ITEM;
      case Write.Delete _ -> RowOperation.DELETE_ITEM;
      case Write.UpdateItem _ -> RowOperation.UPDATE_ITEM;
      case Write.Check _ -> RowOperation.CONDITION_CHECK_ITEM;
    }, Optional.empty());
  }

  @Override
  public Store store() {
    return this;
  }

  @Override
  public Optional<Item> putItem(Write.Put put) {
    write(put);
    return Optional.of(ROW);
  }

  @Override
  public Item updateItem(Write.UpdateItem update) {
    write(update);
    return ROW;
  }

  @Override
  public Optional<Item> deleteItem(Write.Delete delete) {
    write(delete);
    return Optional.of(ROW);
  }

  @Override
  public Optional<Item> getItem(Read read) {
    row(read.table(), RowOperation.GET_ITEM, Optional.empty());
    return Optional.of(ROW);
  }

  @Override
  public Page query(TableModel table, Query query, Optional<Item> exclusiveStartKey) {
    row(table, RowOperation.QUERY, query.index());
    return new Page(List.of(ROW), Optional.empty());
  }

  @Override
  public Page scan(TableModel table, Scan scan, Optional<Item> exclusiveStartKey) {
    row(table, RowOperation.SCAN, scan.index());
    return new Page(List.of(ROW), Optional.empty());
  }

  @Override
  public List<Item> batchGetItem(List<Read> reads) {
    reads.forEach(read -> row(read.table(), RowOperation.BATCH_GET_ITEM, Optional.empty()));
    return List.of(ROW);
  }

  @Override
  public void batchWriteItem(List<Write> writes) {
    writes.forEach(write -> row(write.table(), RowOperation.BATCH_WRITE_ITEM, Optional.empty()));
  }

  @Override
  public List<Optional<Item>> transactGetItems(List<Read> reads) {
    reads.forEach(read -> row(read.table(), RowOperation.GET_ITEM, Optional.empty()));
    return List.of(Optional.of(ROW));
  }

  @Override
  public void transactWriteItems(List<Write> writes) {
    writes.forEach(this::write);
  }

  @Override
  public Sender sender(WebSocketModel webSocket) {
    return new Connections(webSocket.id());
  }

  @Override
  public String httpUrl(HttpApiModel api) {
    used.add(new Use.HttpUrl(api.id()));
    return "http://localhost";
  }

  @Override
  public TaskStarter tasks() {
    return new TaskStarter() {
      @Override
      public void start(TaskModel task, String json) {
        used.add(new Use.Start(task.id(), TaskOperation.START));
      }

      @Override
      public void startIn(TaskModel task, Duration delay, String json) {
        used.add(new Use.Start(task.id(), TaskOperation.START_IN));
      }
    };
  }

  @Override
  public QueueSender queues() {
    return (queue, _) -> {
      used.add(new Use.Send(queue.id()));
      return "1";
    };
  }

  @Override
  public String config(ConfigModel config) {
    used.add(new Use.Value(config.id()));
    return "x";
  }

  @Override
  public String secret(SecretModel secret) {
    used.add(new Use.Value(secret.id()));
    return "x";
  }

  @Override
  public JsonCodec json() {
    return new JsonCodec() {
      @Override
      public <T> T read(String json, Class<T> type) {
        try {
          Constructor<?> canonical = type.getDeclaredConstructors()[0];
          canonical.setAccessible(true);
          return type.cast(canonical.newInstance("body"));
        } catch (ReflectiveOperationException e) {
          throw new IllegalArgumentException(type.getName(), e);
        }
      }

      @Override
      public String write(Object value) {
        return value.toString();
      }
    };
  }

  /// Remembers sends.
  private final class Connections implements Sender {
    private final String webSocket;

    Connections(String webSocket) {
      this.webSocket = webSocket;
    }

    private void connection(ConnectionOperation operation) {
      used.add(new Use.Connections(webSocket, operation));
    }

    @Override
    public boolean postToConnection(String connectionId, String data) {
      connection(ConnectionOperation.POST);
      return true;
    }

    @Override
    public boolean deleteConnection(String connectionId) {
      connection(ConnectionOperation.DELETE);
      return true;
    }

    @Override
    public Optional<ConnectionInfo> getConnection(String connectionId) {
      connection(ConnectionOperation.GET);
      return Optional.empty();
    }

    @Override
    public Broadcast broadcast(Iterator<String> connectionIds, String data) {
      connectionIds.forEachRemaining(_ -> connection(ConnectionOperation.POST));
      return new Broadcast(1, List.of(), Map.of());
    }

    @Override
    public String url() {
      connection(ConnectionOperation.URL);
      return "ws://localhost/";
    }
  }
}
