package dev.pinion.sim;

import com.sun.management.ThreadMXBean;
import dev.pinion.Broadcast;
import dev.pinion.ConnectionInfo;
import dev.pinion.Item;
import dev.pinion.Key;
import dev.pinion.Query;
import dev.pinion.Scan;
import dev.pinion.gateway.Integration;
import dev.pinion.json.RecordCodec;
import dev.pinion.spi.ConnectionContext;
import dev.pinion.spi.Event;
import dev.pinion.spi.Page;
import dev.pinion.spi.Read;
import dev.pinion.spi.Response;
import dev.pinion.spi.Sender;
import dev.pinion.spi.SourceLocation;
import dev.pinion.spi.Store;
import dev.pinion.spi.TableModel;
import dev.pinion.spi.WebSocketModel;
import dev.pinion.spi.Write;
import java.lang.management.ManagementFactory;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static dev.pinion.AttributeType.STRING;
import static org.assertj.core.api.Assertions.assertThat;

/** While nobody looks at a run, what could be recorded costs no object. */
final class NothingRecordedTest {
  private static final int CALLS = 10_000;
  /** Less than the smallest object for each call: what the JVM itself makes meanwhile. */
  private static final long NOTHING = CALLS * 6L;

  private final Recording recording = new Recording(new RecordCodec(), System::nanoTime);

  /** A WebSocket without connections. */
  private static final class NoConnections implements Sender {
    private static final Broadcast NONE = new Broadcast(0, List.of(), Map.of());

    @Override
    public boolean postToConnection(String connectionId, String data) {
      return false;
    }

    @Override
    public boolean deleteConnection(String connectionId) {
      return false;
    }

    @Override
    public Optional<ConnectionInfo> getConnection(String connectionId) {
      return Optional.empty();
    }

    @Override
    public Broadcast broadcast(Iterator<String> connectionIds, String data) {
      return NONE;
    }

    @Override
    public String url() {
      return "";
    }
  }

  /** Tables without rows. */
  private static final class NoRows implements Store {
    private static final Item ROW = Item.of("id", "a");
    private static final Page NONE = new Page(List.of(), Optional.empty());

    @Override
    public Optional<Item> putItem(Write.Put put) {
      return Optional.empty();
    }

    @Override
    public Item updateItem(Write.UpdateItem update) {
      return ROW;
    }

    @Override
    public Optional<Item> deleteItem(Write.Delete delete) {
      return Optional.empty();
    }

    @Override
    public Optional<Item> getItem(Read read) {
      return Optional.empty();
    }

    @Override
    public Page query(TableModel table, Query query, Optional<Item> exclusiveStartKey) {
      return NONE;
    }

    @Override
    public Page scan(TableModel table, Scan scan, Optional<Item> exclusiveStartKey) {
      return NONE;
    }

    @Override
    public List<Item> batchGetItem(List<Read> reads) {
      return List.of();
    }

    @Override
    public void batchWriteItem(List<Write> writes) {}

    @Override
    public List<Optional<Item>> transactGetItems(List<Read> reads) {
      return List.of();
    }

    @Override
    public void transactWriteItems(List<Write> writes) {}
  }

  private interface Calls {
    void run() throws Exception;
  }

  private static long allocatedBy(Calls calls) throws Exception {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (int i = 0; i < CALLS; i++) calls.run();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < CALLS; i++) calls.run();
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  @Test
  void sendsAllocateNothing() throws Exception {
    Sender sender = new RecordedSender("ws", new NoConnections(), recording);
    Iterator<String> nobody = List.<String>of().iterator();
    assertThat(allocatedBy(() -> {
      sender.postToConnection("id", "text");
      sender.deleteConnection("id");
      var _ = sender.getConnection("id");
      var _ = sender.broadcast(nobody, "text");
    })).isLessThan(NOTHING);
  }

  @Test
  void callsOfHandlersAllocateNothing() throws Exception {
    SourceLocation here = new SourceLocation("Test.java", 1);
    WebSocketModel webSocket =
        new WebSocketModel("ws", "ws", "prod", "$request.body.action", false, List.of(), here);
    Integration handlers = new RecordedHandlers(webSocket, _ -> Response.OK, recording);
    ConnectionContext connection =
        new ConnectionContext("id", 0, "127.0.0.1", Optional.empty(), "localhost", "prod", "local");
    Event event = new Event.Disconnect(connection, "request", 0, 1000, "");
    assertThat(allocatedBy(() -> {
      var _ = handlers.invoke(event);
    })).isLessThan(NOTHING);
  }

  @Test
  void operationsOnTablesAllocateNothing() throws Exception {
    TableModel table = new TableModel(
        "rows", new TableModel.KeyAttribute("id", STRING), Optional.empty(), List.of(), Optional.empty(), false, false,
        new SourceLocation("Test.java", 1));
    Store recorded = new RecordedStore(new NoRows(), recording);
    Read read = new Read(table, Key.of("id", "a"), List.of(), false);
    Write.Delete delete = new Write.Delete(table, Key.of("id", "a"), Optional.empty());
    List<Write> writes = List.of(delete);
    Scan all = Scan.all();
    assertThat(allocatedBy(() -> {
      var _ = recorded.getItem(read);
      var _ = recorded.deleteItem(delete);
      recorded.batchWriteItem(writes);
      recorded.transactWriteItems(writes);
      var _ = recorded.scan(table, all, Optional.empty());
    })).isLessThan(NOTHING);
  }
}
