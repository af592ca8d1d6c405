package dev.pinion.gateway;

import dev.pinion.BadRequestException;
import dev.pinion.PayloadTooLargeException;
import dev.pinion.spi.Event;
import dev.pinion.spi.Response;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The management API, over HTTP and in process. */
@Timeout(30)
final class ManagementTest {
  private static final String NOBODY = "AAAAAAAAAAAAAAA=";

  private final Recorder recorder = new Recorder();
  private final SettableClock clock = new SettableClock();
  private final Gateway gateway = new GatewayBuilder(recorder).listener(recorder).clock(clock)
      .routes(RouteTable.of("$connect", "$disconnect")).start();
  private final Peer peer;
  private final String id;

  ManagementTest() throws Exception {
    peer = Peer.open(gateway, "User-Agent: a\"b\\");
    id = recorder.next(Event.Connect.class).connection().connectionId();
    recorder.logged("opened");
  }

  @AfterEach
  void close() throws Exception {
    peer.close();
    gateway.close();
    assertThat(recorder.bugs()).isEmpty();
  }

  private Peer.Answer call(String method, String path, String body, String... headers) throws Exception {
    try (Peer caller = new Peer(gateway.port())) {
      return caller.request(method, path, body, headers);
    }
  }

  @Test
  void postReachesTheClientAsText() throws Exception {
    Peer.Answer answer = call("POST", "/prod/@connections/" + id, "hällo", "Authorization: AWS4-HMAC-SHA256 x");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    assertThat(peer.text()).isEqualTo("hällo");
  }

  /** A gateway that knows credentials checks signatures that are there. */
  @ParameterizedTest
  @CsvSource({
    "'',                 Accept: */*,                       410",
    "'',                 Authorization: AWS4-HMAC-SHA256 x, 403",
    "?X-Amz-Signature=x, Accept: */*,                       403"})
  void aWrongSignatureIsRefused(String query, String header, int status) throws Exception {
    try (Gateway checking = new GatewayBuilder(recorder).listener(recorder).clock(clock).credentials("AKID", "secret")
        .routes(RouteTable.of("$connect", "$disconnect")).start();
        Peer caller = new Peer(checking.port())) {
      Peer.Answer answer = caller.request("POST", "/prod/@connections/" + NOBODY + query, "x", header);
      assertThat(answer.status()).isEqualTo(status);
    }
  }

  @Test
  void acceptsEscapedPathsAndKeepsAlive() throws Exception {
    try (Peer caller = new Peer(gateway.port())) {
      for (int i = 0; i < 3; i++) {
        String path = "/prod/%40connections/" + id.replace("=", "%3D");
        assertThat(caller.request("POST", path, "n" + i).status()).isEqualTo(200);
        assertThat(peer.text()).isEqualTo("n" + i);
      }
    }
  }

  @Test
  void acceptsChunksAndPipelining() throws Exception {
    String head = "POST /prod/@connections/" + id + " HTTP/1.1\r\nHost: localhost:" + gateway.port() + "\r\n";
    try (Peer caller = new Peer(gateway.port())) {
      String chunked = head + "Transfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n1\r\nd\r\n0\r\nTrailer: t\r\n\r\n";
      caller.raw(chunked + head + "Content-Length: 1\r\n\r\nx");
      assertThat(caller.answer().status()).isEqualTo(200);
      assertThat(caller.answer().status()).isEqualTo(200);
    }
    assertThat(peer.text()).isEqualTo("abcd");
    assertThat(peer.text()).isEqualTo("x");
  }

  @Test
  void answersContinue() throws Exception {
    try (Peer caller = new Peer(gateway.port())) {
      caller.raw("POST /prod/@connections/" + id + " HTTP/1.1\r\nHost: localhost:" + gateway.port()
          + "\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
      assertThat(caller.answer().status()).isEqualTo(100);
      caller.raw("h");
      caller.raw("i");
      assertThat(caller.answer().status()).isEqualTo(200);
    }
    assertThat(peer.text()).isEqualTo("hi");
  }

  @ParameterizedTest
  @CsvSource({"/prod/@connections/, localhost, 131073, 413", "/prod, localhost, 2, 403",
    "/prod/@connections/, evil.example, 2, 403", "/page, localhost, 131073, 413"})
  void asksForNoBodyThatItWouldRefuse(String path, String host, int length, int status) throws Exception {
    try (Peer caller = new Peer(gateway.port())) {
      String target = path.endsWith("/") ? path + id : path;
      caller.raw("POST " + target + " HTTP/1.1\r\nHost: " + host + ":" + gateway.port() + "\r\nContent-Length: "
          + length + "\r\nExpect: 100-continue\r\n\r\n");
      Peer.Answer answer = caller.answer();
      assertThat(answer.status()).isEqualTo(status);
      assertThat(answer.header("connection")).isEqualTo("close");
      caller.raw("x");
      assertThat(caller.ended()).isTrue();
    }
  }

  @Test
  void getTellsOfTheConnection() throws Exception {
    clock.advance(Duration.ofMillis(877));
    gateway.sender().postToConnection(id, "x");
    Peer.Answer answer = call("GET", "/prod/@connections/" + id, "");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"connectedAt\":\"2024-11-11T11:35:24.123Z\",\"identity\":"
        + "{\"sourceIp\":\"127.0.0.1\",\"userAgent\":\"a\\\"b\\\\\"},\"lastActiveAt\":\"2024-11-11T11:35:25.000Z\"}");
  }

  @Test
  void getOfAClientThatDidNotSayWhatItIs() throws Exception {
    try (Peer silent = Peer.open(gateway)) {
      String other = recorder.next(Event.Connect.class).connection().connectionId();
      recorder.logged("opened");
      clock.advance(Duration.ofMinutes(1));
      silent.send("x");
      assertThat(silent.text()).contains("Forbidden");
      assertThat(call("GET", "/prod/@connections/" + other, "").body())
          .isEqualTo("{\"connectedAt\":\"2024-11-11T11:35:24.123Z\",\"identity\":{\"sourceIp\":\"127.0.0.1\"},"
              + "\"lastActiveAt\":\"2024-11-11T11:36:24.123Z\"}");
    }
  }

  @Test
  void deleteClosesWith1000() throws Exception {
    assertThat(call("DELETE", "/prod/@connections/" + id, "").status()).isEqualTo(204);
    assertThat(peer.closed().code()).isEqualTo(1000);
    Event.Disconnect event = recorder.next(Event.Disconnect.class);
    assertThat(event.disconnectStatusCode()).isEqualTo(1000);
    assertThat(event.disconnectReason()).isEqualTo("Connection Closed Normally");
    assertThat(call("DELETE", "/prod/@connections/" + id, "").status()).isEqualTo(410);
  }

  @Test
  void nobodyIsGone() throws Exception {
    for (String method : new String[] {"POST", "GET", "DELETE"}) {
      Peer.Answer answer = call(method, "/prod/@connections/" + NOBODY, "");
      assertThat(answer.status()).isEqualTo(410);
      assertThat(answer.header("x-amzn-errortype")).isEqualTo("GoneException");
      assertThat(answer.body()).isEmpty();
    }
    assertThat(gateway.sender().postToConnection(NOBODY, "x")).isFalse();
    assertThat(gateway.sender().deleteConnection(NOBODY)).isFalse();
    assertThat(gateway.sender().getConnection(NOBODY)).isEmpty();
  }

  @Test
  void otherFormsOfIdAre400() throws Exception {
    Peer.Answer answer = call("POST", "/prod/@connections/me", "x");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.header("x-amzn-errortype")).isEqualTo("BadRequestException");
    assertThat(answer.body()).isEqualTo("{\"message\":\"Invalid connectionId: me\"}");
    assertThatThrownBy(() -> gateway.sender().getConnection("AAAAAAAAAAAAAA+="))
        .isInstanceOf(BadRequestException.class);
  }

  @Test
  void tooLargeIs413AndTheConnectionGoesOn() throws Exception {
    String most = "x".repeat(131_072);
    try (Peer caller = new Peer(gateway.port())) {
      Peer.Answer answer = caller.request("POST", "/prod/@connections/" + id, most + "x");
      assertThat(answer.status()).isEqualTo(413);
      assertThat(answer.header("x-amzn-errortype")).isEqualTo("PayloadTooLargeException");
      assertThat(caller.request("POST", "/prod/@connections/" + id, most).status()).isEqualTo(200);
    }
    assertThat(peer.text()).isEqualTo(most);
    assertThatThrownBy(() -> gateway.sender().postToConnection(id, most + "x"))
        .isInstanceOf(PayloadTooLargeException.class);
  }

  @Test
  void whatIsNotUtf8Is400() throws Exception {
    try (Peer caller = new Peer(gateway.port())) {
      caller.raw("POST /prod/@connections/" + id + " HTTP/1.1\r\nHost: localhost:" + gateway.port()
          + "\r\nContent-Length: 1\r\n\r\n\u00ff");
      assertThat(caller.answer().status()).isEqualTo(400);
    }
  }

  @Test
  void theFormOfTheIdComesBeforeTheSize() throws Exception {
    String large = "x".repeat(131_073);
    assertThat(call("POST", "/prod/@connections/me", large).status()).isEqualTo(400);
    assertThat(call("POST", "/prod/@connections/" + NOBODY, large).status()).isEqualTo(413);
    assertThat(call("GET", "/prod/@connections/" + id, large).status()).isEqualTo(200);
  }

  @Test
  void aFullBufferIs429() throws Exception {
    String text = "x".repeat(100_000);
    Peer.Answer answer = call("POST", "/prod/@connections/" + id, text);
    while (answer.status() == 200) {
      answer = call("POST", "/prod/@connections/" + id, text);
    }
    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.header("x-amzn-errortype")).isEqualTo("LimitExceededException");
  }

  @Test
  void aConnectionThatIsOpeningIsGone() throws Exception {
    recorder.answering(event -> {
      for (String method : new String[] {"POST", "GET", "DELETE"}) {
        String opening = event.connection().connectionId();
        assertThat(call(method, "/prod/@connections/" + opening, "").status()).isEqualTo(410);
      }
      return Response.OK;
    });
    Peer.open(gateway).close();
  }

  @Test
  void withoutStageOrMethodIs403() throws Exception {
    for (Peer.Answer answer : new Peer.Answer[] {call("POST", "/@connections/" + id, "x"),
      call("PUT", "/prod/@connections/" + id, "x"), call("POST", "/dev/@connections/" + id, "x"),
      call("POST", "/prod", "x")}) {
      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.header("x-amzn-errortype")).isEqualTo("ForbiddenException");
      assertThat(answer.header("content-type")).isEqualTo("application/json");
      assertThat(answer.body()).isEqualTo("{\"message\":\"Forbidden\"}");
    }
  }
}
