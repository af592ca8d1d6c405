package app;

import dev.pinion.App;
import dev.pinion.ForbiddenException;
import dev.pinion.Item;
import dev.pinion.Table;
import dev.pinion.WebSocket;
import dev.pinion.inspect.HandlerUses;
import dev.pinion.inspect.Inspection;
import dev.pinion.inspect.Use;
import dev.pinion.sim.Simulator;
import dev.pinion.spi.RowOperation;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static dev.pinion.AttributeType.STRING;
import static org.assertj.core.api.Assertions.assertThat;

/** An operation is checked against the role of the program that it happens in. */
@Timeout(60)
class ReloadPermissionsTest {
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch goesOn = new CountDownLatch(1);
  private final Simulator running = Simulator.of(app("old")).port(0).inMemory().inspectedLater()
      .log(new PrintStream(OutputStream.nullOutputStream())).start();
  private final Client client = new Client(running.endpoints().getFirst());

  @AfterEach
  void stop() {
    goesOn.countDown();
    running.close();
  }

  private App app(String program) {
    return cloud -> {
      Table rows = cloud.table("rows").hashKey("id", STRING).create();
      WebSocket ws = cloud.webSocket("ws").create();
      ws.onRequest("put", (c, body) -> put(program, rows));
      ws.onRequest("wait", (c, body) -> {
        begun.countDown();
        assertThat(goesOn.await(20, TimeUnit.SECONDS)).isTrue();
        return put(program, rows);
      });
    };
  }

  private static String put(String program, Table rows) {
    try {
      rows.putItem(Item.of("id", program));
      return program + " done";
    } catch (ForbiddenException e) {
      return program + " refused";
    }
  }

  private void send(String route) {
    client.send("{\"action\":\"" + route + "\"}");
  }

  private String ask(String route) throws InterruptedException {
    send(route);
    return client.next();
  }

  /** An inspection that derives that rows are put, or nothing. */
  private Inspection derived(boolean puts) {
    Use put = new Use.Rows("rows", RowOperation.PUT_ITEM, Optional.empty());
    return new Inspection(
        running.model().webSockets().getFirst().routes().stream()
            .map(each -> new HandlerUses(
                each.path(), each.location(), puts ? Map.of(put, List.of()) : Map.of(), Set.of(), List.of()))
            .toList(),
        List.of());
  }

  private void blockAndReload() throws InterruptedException {
    send("wait");
    assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
    running.reload(app("new"));
  }

  @Test
  void anOldHandlerKeepsItsRole() throws Exception {
    running.inspected(1, derived(true));
    blockAndReload();
    running.inspected(2, derived(false));
    assertThat(ask("put")).isEqualTo("new refused");
    goesOn.countDown();
    assertThat(client.next()).isEqualTo("old done");
    assertThat(running.refusals()).singleElement().asString().contains("ws/put");
  }

  @Test
  void whatIsDoneBeforeTheNewInspectionIsCheckedAfterwards() throws Exception {
    running.inspected(1, derived(false));
    assertThat(ask("put")).isEqualTo("old refused");
    running.reload(app("new"));
    assertThat(ask("put")).isEqualTo("new done");
    assertThat(running.refusals()).singleElement().asString().contains("was refused");
    running.inspected(2, derived(false));
    assertThat(ask("put")).isEqualTo("new refused");
    assertThat(running.refusals()).anyMatch(each -> each.contains("the inspection of the app was not done yet"));
  }

  @Test
  void anInspectionThatIsLateConcernsItsOwnProgram() throws Exception {
    blockAndReload();
    running.inspected(1, derived(false));
    assertThat(ask("put")).isEqualTo("new done");
    running.inspected(2, derived(true));
    goesOn.countDown();
    assertThat(client.next()).isEqualTo("old refused");
    assertThat(ask("put")).isEqualTo("new done");
  }
}
