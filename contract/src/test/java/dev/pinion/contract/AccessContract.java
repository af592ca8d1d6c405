package dev.pinion.contract;

import dev.pinion.App;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/** Who may connect to a WebSocket, and what others get, wherever its handlers run. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class AccessContract {
  private static final String WHO = "{\"action\":\"who\"}";

  private final HttpClient http = HttpClient.newHttpClient();
  private final AccessBackend door;
  private final AccessBackend places;

  /** Runs all tests on one server for each app. */
  protected AccessContract(AccessBackend.Start start) {
    door = start.with((App) new AccessApp());
    places = start.with((App) new AccessPlacesApp());
  }

  @BeforeEach
  void forget() {
    AccessApp.EVENTS.clear();
  }

  @AfterAll
  void close() {
    door.close();
    places.close();
    http.close();
  }

  /** The status that a client gets, 101 if it is let in. */
  private int status(String url, String... headers) {
    WebSocket.Builder builder = http.newWebSocketBuilder();
    for (int i = 0; i < headers.length; i += 2) builder.header(headers[i], headers[i + 1]);
    try {
      builder.buildAsync(URI.create(url), new WebSocket.Listener() {}).join().abort();
      return 101;
    } catch (CompletionException e) {
      HttpResponse<?> response = requireNonNull((WebSocketHandshakeException) e.getCause()).getResponse();
      return response.statusCode();
    }
  }

  private static List<String> events() {
    // The end of a connection of another test may come at any time.
    return AccessApp.EVENTS.stream().filter(each -> !each.startsWith("disconnect")).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?token=", "?token", "?Token=ada", "?other=ada"})
  void withoutTheIdentitySourceTheAuthorizerIsNotAsked(String query) {
    assertThat(status(door.url() + query)).isEqualTo(401);
    assertThat(events()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "nobody,   401",
    "told,     401",
    "deny,     403",
    "throws,   500",
    "null,     500",
    "empty,    500",
    "reserved, 500",
    "object,   500",
    "endless,  500",
    "long,     500"})
  void whoIsNotAllowedGetsItsStatus(String token, int status) {
    assertThat(status(door.url() + "?token=" + token)).isEqualTo(status);
    assertThat(events()).containsExactly("authorize " + token);
  }

  @Test
  void theAuthorizerIsAskedBeforeTheHandlerOfConnect() {
    assertThat(status(door.url() + "?token=late")).isEqualTo(402);
    assertThat(events()).containsExactly("authorize late", "connect {principalId=late}");
  }

  @Test
  void allEventsHaveTheContext() throws Exception {
    String values = "{at=1970-01-01T00:00:00Z, flag=true, fraction=0.5, list=[\"a\",1], number=7, principalId=ada,"
        + " quoted=\"x\", text=a\"ö, unit=DAYS}";
    try (WebSocketClient client = new WebSocketClient(door.url() + "?token=full")) {
      client.send(WHO);
      assertThat(client.next()).isEqualTo(values);
      client.end();
      assertThat(client.closed()).isEqualTo(1000);
    }
    assertThat(events()).containsExactly("authorize full", "connect " + values);
    String end = AccessApp.EVENTS.poll(20, TimeUnit.SECONDS);
    while (end != null && !end.equals("disconnect " + values)) end = AccessApp.EVENTS.poll(20, TimeUnit.SECONDS);
    assertThat(end).isEqualTo("disconnect " + values);
  }

  @Test
  void connectionsDoNotShareTheirContext() throws Exception {
    try (WebSocketClient ada = new WebSocketClient(door.url() + "?token=ada");
        WebSocketClient bob = new WebSocketClient(door.url() + "?token=bob")) {
      ada.send(WHO);
      bob.send(WHO);
      assertThat(ada.next()).isEqualTo("{principalId=ada}");
      assertThat(bob.next()).isEqualTo("{principalId=bob}");
    }
  }

  @Test
  void theAuthorizerSeesTheHandshake() throws Exception {
    try (WebSocketClient client =
        new WebSocketClient(door.url() + "?token=request&token=2", List.of(), "X-Test", "one")) {
      client.send(WHO);
      assertThat(client.next()).isEqualTo("{all=2, header=one, id=true, principalId=ada, stage=prod}");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "https://app.example.com,      101",
    "https://evil.example.com,     403",
    "http://app.example.com,       403",
    "https://app.example.com:8443, 403",
    "https://app.example.com.evil, 403",
    "null,                         403"})
  void onlyPagesOfTheOriginsMayConnect(String origin, int status) {
    assertThat(status(door.url() + "?token=ada", "Origin", origin)).isEqualTo(status);
    if (status == 403) assertThat(events()).isEmpty();
  }

  @Test
  void aTokenCanBeInSeveralPlaces() throws Exception {
    assertThat(status(places.url())).isEqualTo(401);
    assertThat(status(places.url(), "Authorization", "Bearer ")).isEqualTo(401);
    assertThat(who("?token=query", List.of())).isEqualTo("query ");
    assertThat(who("", List.of(), "Authorization", "Bearer header")).isEqualTo("header ");
    assertThat(who("", List.of("token", "abc.def"))).isEqualTo("abc.def token");
    assertThat(who("", List.of("bearer", "abc.def"))).isEqualTo("abc.def bearer");
    assertThat(who("", List.of("graphql-ws", "bearer", "abc.def"))).isEqualTo("abc.def bearer");
  }

  /** Who a client is, and the subprotocol that was selected. */
  private String who(String query, List<String> subprotocols, String... headers) throws Exception {
    try (WebSocketClient client = new WebSocketClient(places.url() + query, subprotocols, headers)) {
      client.send(WHO);
      return client.next() + " " + client.subprotocol();
    }
  }
}
