package dev.pinion.gateway;

import dev.pinion.Authorization;
import dev.pinion.TokenFrom;
import dev.pinion.engine.Frames;
import dev.pinion.spi.AccessModel;
import dev.pinion.spi.AuthorizerModel;
import dev.pinion.spi.Event;
import dev.pinion.spi.FunctionModel;
import dev.pinion.spi.Response;
import dev.pinion.spi.SourceLocation;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What the authorizer is asked, what its decisions are to a client, and what becomes of one that leaves meanwhile. */
@Timeout(30)
final class AuthorizerTest {
  private static final String TOKEN = "X-Token: ada";
  private static final Map<String, String> ADA = Map.of("principalId", "ada");

  private final Recorder recorder = new Recorder();
  private final SettableClock clock = new SettableClock();
  private final BlockingQueue<Authorized> decisions = new LinkedBlockingQueue<>();
  private final CountDownLatch interrupted = new CountDownLatch(1);
  private final Gateway gateway = new GatewayBuilder(new Deciding()).listener(recorder).clock(clock)
      .access(access()).routes(RouteTable.of("$connect", "$default", "$disconnect")).start();

  /** Decides what a test says, when it says so. */
  private final class Deciding implements Integration {
    @Override
    public Response invoke(Event event) throws Exception {
      return recorder.invoke(event);
    }

    @Override
    public Authorized authorize(Event.Authorize event) throws Exception {
      recorder.events().add(event);
      try {
        return decisions.take();
      } catch (InterruptedException e) {
        interrupted.countDown();
        throw e;
      }
    }
  }

  private static AccessModel access() {
    FunctionModel function = new FunctionModel(512, Duration.ofSeconds(29), false, List.of(), List.of(), List.of());
    AuthorizerModel authorizer = new AuthorizerModel(
        "ws/$authorize", request -> Authorization.allow("ada"), List.of(TokenFrom.header("X-Token")), function,
        new SourceLocation("Test.java", 1));
    return new AccessModel(List.of(), false, Optional.of(authorizer));
  }

  @AfterEach
  void close() {
    gateway.close();
    assertThat(recorder.bugs()).isEmpty();
  }

  private void allow() {
    decisions.add(new Authorized.Allowed(ADA));
  }

  /** A client whose authorizer is being asked. */
  private Peer asking() throws Exception {
    Peer peer = new Peer(gateway.port());
    peer.ask("GET", "/prod", "", Peer.handshake(TOKEN));
    recorder.next(Event.Authorize.class);
    return peer;
  }

  private Peer.Answer get(String path, String... headers) throws IOException {
    try (Peer peer = new Peer(gateway.port())) {
      return peer.request("GET", path, "", headers);
    }
  }

  @Test
  void seesTheUpgradeWhichConnectDoesNot() throws Exception {
    allow();
    Peer.open(gateway, TOKEN).close();
    assertThat(recorder.next(Event.Authorize.class).request().headers())
        .containsEntry("Connection", List.of("upgrade"))
        .containsEntry("Upgrade", List.of("websocket"))
        .containsEntry("content-length", List.of("0"))
        .containsEntry("X-Token", List.of("ada"))
        .containsEntry("X-Forwarded-Proto", List.of("http"));
    assertThat(recorder.next(Event.Connect.class).headers())
        .containsKey("X-Token").doesNotContainKeys("Connection", "Upgrade", "content-length");
  }

  @Test
  void isAskedOnceForAConnectionAndAllItsEventsHaveTheContext() throws Exception {
    allow();
    try (Peer peer = Peer.open(gateway, TOKEN)) {
      peer.send("hello");
      assertThat(recorder.next(Event.Message.class).connection().authorizer()).isEqualTo(ADA);
      peer.send(Frames.CLOSE);
      assertThat(recorder.next(Event.Disconnect.class).connection().authorizer()).isEqualTo(ADA);
    }
    decisions.add(new Authorized.Denied());
    assertThat(get("/prod", Peer.handshake(TOKEN)).status()).as("it is asked anew").isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Other: ada", "X-Token:", "X-Token:  "})
  void isNotAskedWithoutTheHeaderThatIsItsIdentitySource(String header) throws Exception {
    Peer.Answer answer = get("/prod", Peer.handshake(header));
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.body()).isEqualTo("{\"message\":\"Unauthorized\"}");
    assertThat(answer.header("x-amzn-errortype")).isEqualTo("UnauthorizedException");
    assertThat(recorder.events()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "/prod | 426 | ''", "/other | 403 | upgrade", "/prod/below | 403 | upgrade"})
  void isNotAskedWhereNothingIsToConnectTo(String path, int status, String upgrade) throws Exception {
    String[] headers = upgrade.isEmpty() ? new String[] {TOKEN} : Peer.handshake(TOKEN);
    assertThat(get(path, headers).status()).isEqualTo(status);
    assertThat(recorder.events()).isEmpty();
  }

  @Test
  void deniesWith403() throws Exception {
    decisions.add(new Authorized.Denied());
    Peer.Answer answer = get("/prod", Peer.handshake(TOKEN));
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.body())
        .isEqualTo("{\"Message\":\"User is not authorized to access this resource with an explicit deny\"}");
    assertThat(answer.header("x-amzn-errortype")).isEqualTo("AccessDeniedException");
    assertThat(recorder.events()).singleElement().isInstanceOf(Event.Authorize.class);
  }

  @Test
  void knowsNobodyWith401() throws Exception {
    decisions.add(new Authorized.Unknown());
    Peer.Answer answer = get("/prod", Peer.handshake(TOKEN));
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.body()).isEqualTo("{\"message\":\"Unauthorized\"}");
    assertThat(answer.header("x-amzn-errortype")).isEqualTo("UnauthorizedException");
    assertThat(recorder.events()).singleElement().isInstanceOf(Event.Authorize.class);
  }

  @Test
  void is500AtTheIntegrationTimeout() throws Exception {
    try (Peer peer = asking()) {
      clock.advance(Duration.ofSeconds(29));
      Peer.Answer answer = peer.answer();
      assertThat(answer.status()).isEqualTo(500);
      assertThat(answer.header("x-amzn-errortype")).isEqualTo("AuthorizerConfigurationException");
    }
    interrupted.await();
    assertThat(recorder.logged("timedOut")).isEqualTo("timedOut $authorize");
    assertThat(recorder.events()).isEmpty();
  }

  @Test
  void decidesAloneWithoutAHandlerOfConnect() throws Exception {
    gateway.routes(RouteTable.of("$default"));
    allow();
    try (Peer peer = Peer.open(gateway, TOKEN)) {
      peer.send("hello");
      assertThat(recorder.next(Event.Message.class).connection().authorizer()).isEqualTo(ADA);
    }
  }

  private static void leave(Peer peer, boolean reset) throws IOException {
    if (reset) {
      peer.reset();
    } else {
      peer.close();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @EnabledOnOs(OS.LINUX)
  void aClientThatLeavesWhileItIsAskedIsForgotten(boolean reset) throws Exception {
    leave(asking(), reset);
    allow();
    recorder.logged("finished");
    assertThat(recorder.events()).isEmpty();
    assertThat(gateway.connections()).isZero();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aClientThatLeavesWhileConnectIsAskedHasItsDisconnect(boolean reset) throws Exception {
    Semaphore asked = new Semaphore(0);
    recorder.answering(event -> {
      if (event instanceof Event.Connect) asked.acquire();
      return Response.OK;
    });
    allow();
    Peer peer = asking();
    String id = recorder.next(Event.Connect.class).connection().connectionId();
    leave(peer, reset);
    asked.release();
    Event.Disconnect end = recorder.next(Event.Disconnect.class);
    assertThat(end.connection().connectionId()).isEqualTo(id);
    assertThat(end.connection().authorizer()).isEqualTo(ADA);
    assertThat(gateway.connections()).isZero();
  }
}
