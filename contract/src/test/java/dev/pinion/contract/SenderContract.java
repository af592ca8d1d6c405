package dev.pinion.contract;

import dev.pinion.BadRequestException;
import dev.pinion.Broadcast;
import dev.pinion.ConnectionInfo;
import dev.pinion.PayloadTooLargeException;
import dev.pinion.spi.Event;
import dev.pinion.spi.Response;
import dev.pinion.spi.Sender;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What every {@link Sender} does, with real clients of a real server. */
@Timeout(60)
public abstract class SenderContract {
  private static final String NOBODY = "AAAAAAAAAAAAAAA=";
  private static final int MOST = 131_072;

  private final BlockingQueue<String> ids = new LinkedBlockingQueue<>();
  private final BlockingQueue<Boolean> early = new LinkedBlockingQueue<>();
  private final List<WebSocketClient> clients = new ArrayList<>();
  private final SenderBackend.Start start;
  private SenderBackend server;
  private Sender sender;

  /** Runs each test on a server of its own. */
  protected SenderContract(SenderBackend.Start start) {
    this.start = start;
  }

  @BeforeEach
  void start() {
    server = start.with(this::handle);
    sender = server.sender();
  }

  private Response handle(Event event) {
    String id = event.connection().connectionId();
    early.add(server.sender().postToConnection(id, "too early"));
    ids.add(id);
    return Response.OK;
  }

  /** Connects a client; gives its connection's id. */
  private String connect() throws InterruptedException {
    clients.add(new WebSocketClient(server.url()));
    String id = ids.poll(20, TimeUnit.SECONDS);
    assertThat(id).isNotNull();
    return String.valueOf(id);
  }

  @AfterEach
  void close() {
    clients.forEach(WebSocketClient::close);
    server.close();
  }

  @Test
  void textsArriveInTheirOrder() throws Exception {
    String id = connect();
    for (int i = 0; i < 50; i++) {
      assertThat(sender.postToConnection(id, "Grüße 𝄞 " + i)).isTrue();
    }
    for (int i = 0; i < 50; i++) {
      assertThat(clients.getFirst().next()).isEqualTo("Grüße 𝄞 " + i);
    }
  }

  @Test
  void aConnectionIsGoneUntilItsConnectHandlerHasReturned() throws Exception {
    connect();
    assertThat(early.poll(20, TimeUnit.SECONDS)).isFalse();
  }

  @Test
  void aGoneConnectionIsAnAnswer() {
    assertThat(sender.postToConnection(NOBODY, "x")).isFalse();
    assertThat(sender.deleteConnection(NOBODY)).isFalse();
    assertThat(sender.getConnection(NOBODY)).isEmpty();
  }

  @Test
  void anIdOfAnotherFormIsABadRequest() {
    for (String id : new String[] {"me", "", "a/b c?d=ü"}) {
      assertThatThrownBy(() -> sender.postToConnection(id, "x")).isExactlyInstanceOf(BadRequestException.class)
          .hasMessage("Invalid connectionId: " + id);
      assertThatThrownBy(() -> sender.deleteConnection(id)).isExactlyInstanceOf(BadRequestException.class);
      assertThatThrownBy(() -> sender.getConnection(id)).isExactlyInstanceOf(BadRequestException.class);
    }
  }

  @Test
  void theLimitCountsBytes() throws Exception {
    String id = connect();
    String most = "ü".repeat(MOST / 2);
    assertThat(sender.postToConnection(id, most)).isTrue();
    assertThat(clients.getFirst().next()).isEqualTo(most);
    assertThatThrownBy(() -> sender.postToConnection(id, most + "x"))
        .isExactlyInstanceOf(PayloadTooLargeException.class);
    assertThatThrownBy(() -> sender.broadcast(List.of(id).iterator(), most + "x"))
        .isExactlyInstanceOf(PayloadTooLargeException.class);
    assertThat(sender.postToConnection(id, "")).isTrue();
    assertThat(clients.getFirst().next()).isEmpty();
  }

  @Test
  void deleteClosesWith1000() throws Exception {
    String id = connect();
    assertThat(sender.deleteConnection(id)).isTrue();
    assertThat(clients.getFirst().closed()).isEqualTo(1000);
    assertThat(sender.deleteConnection(id)).isFalse();
  }

  @Test
  void getTellsOfTheConnection() throws Exception {
    String id = connect();
    ConnectionInfo found = sender.getConnection(id).orElseThrow();
    assertThat(found.sourceIp()).isEqualTo("127.0.0.1");
    assertThat(found.userAgent()).hasValueSatisfying(agent -> assertThat(agent).startsWith("Java-http-client/"));
    assertThat(found.lastActiveAt()).isAfterOrEqualTo(found.connectedAt());
    assertThat(found.connectedAt()).isEqualTo(server.connectedAt(id));
  }

  @Test
  void broadcastReachesAllAndTellsWhoWasNotThere() throws Exception {
    List<String> receivers = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      receivers.add(connect());
    }
    receivers.add(7, NOBODY);
    receivers.add(30, "BBBBBBBBBBBBBBA=");
    receivers.add(12, "nonsense");
    for (int round = 0; round < 3; round++) {
      Broadcast done = sender.broadcast(receivers.iterator(), "all " + round);
      assertThat(done.sent()).isEqualTo(40);
      assertThat(done.gone()).containsExactly(NOBODY, "BBBBBBBBBBBBBBA=");
      assertThat(done.failed()).containsOnlyKeys("nonsense");
      assertThat(done.failed().get("nonsense")).isExactlyInstanceOf(BadRequestException.class);
    }
    for (WebSocketClient client : clients) {
      for (int round = 0; round < 3; round++) {
        assertThat(client.next()).isEqualTo("all " + round);
      }
    }
  }

  @Test
  void knowsWhereClientsConnect() {
    assertThat(sender.url()).isEqualTo(server.url());
  }
}
