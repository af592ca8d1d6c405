package app;

import dev.pinion.App;
import dev.pinion.Authorization;
import dev.pinion.Cloud;
import dev.pinion.Definition;
import dev.pinion.DefinitionException;
import dev.pinion.HttpApi;
import dev.pinion.HttpReply;
import dev.pinion.Secret;
import dev.pinion.Table;
import dev.pinion.Tickets;
import dev.pinion.TokenFrom;
import dev.pinion.WebSocket;
import dev.pinion.junit.ConfigValue;
import dev.pinion.junit.Pinion;
import dev.pinion.junit.PinionTest;
import dev.pinion.junit.TestClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.pinion.AttributeType.NUMBER;
import static dev.pinion.AttributeType.STRING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** One-time tickets, as an app's author tests them, and forged ones. */
@PinionTest(TicketsTest.Door.class)
@ConfigValue(id = "key", value = "0123456789abcdef0123456789abcdef")
@ConfigValue(id = "second", value = "another secret of 32 characters!")
@ConfigValue(id = "short", value = "0123456789abcdef0123456789abcde")
class TicketsTest {
  /** An app that lets in who has a ticket. */
  static final class Door implements App {
    @Override
    public void define(Cloud cloud) {
      Secret key = cloud.secret("key");
      Table used = cloud.table("used").hashKey("id", STRING).timeToLive("end").create();
      Tickets tickets = Tickets.of(key, used);
      Tickets elsewhere = tickets.audience("elsewhere");
      Tickets others = Tickets.of(cloud.secret("second"), used);
      Tickets weak = Tickets.of(cloud.secret("short"), used);
      HttpApi http = cloud.httpApi("http").create();
      http.on("POST /issue", String.class, (request, name) -> tickets.issue(name, request.time()));
      http.on("POST /elsewhere", String.class, (request, name) -> elsewhere.issue(name, request.time()));
      http.on("POST /others", String.class, (request, name) -> others.issue(name, request.time()));
      http.on("POST /half", request -> tickets.issue("ada\ud83d", request.time()));
      http.on("POST /weak", String.class, (request, name) -> weak.issue(name, request.time()));
      http.on("POST /redeem", String.class, (request, ticket) -> tickets.redeem(ticket, request.time())
          .<Object>map(name -> name).orElseGet(() -> HttpReply.status(401)));
      WebSocket ws = cloud.webSocket("ws").create();
      ws.onAuthorize(TokenFrom.query("ticket"), request -> tickets
          .redeem(request.query("ticket").orElse(""), request.time())
          .map(Authorization::allow)
          .orElseGet(Authorization::unauthorized));
      ws.onMessage((c, body) -> ws.sendMessage(c.id(), c.authorizer().get("principalId") + ": " + body));
    }
  }

  private static String issue(Pinion pinion, String name) {
    return pinion.http().post("/issue", name).expect(200).body();
  }

  private static int redeem(Pinion pinion, String ticket) {
    return pinion.http().post("/redeem", ticket).status();
  }

  @Test
  void aTicketLetsInOnce(Pinion pinion) {
    String ticket = issue(pinion, "ada");
    TestClient ada = pinion.connect(handshake -> handshake.query("ticket", ticket));
    ada.send("hello");
    ada.expect("ada: hello");
    pinion.expectRejection(401, handshake -> handshake.query("ticket", ticket));
    pinion.expectRejection(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "ada|2026", "é漢😀", "principal with spaces"})
  void anyPrincipalComesBackAsItWas(String name, Pinion pinion) {
    String ticket = issue(pinion, name);
    assertThat(ticket).matches("[A-Za-z0-9_-]{77,}");
    pinion.http().post("/redeem", ticket).expect(200, name);
    assertThat(redeem(pinion, ticket)).isEqualTo(401);
  }

  @Test
  void isValidForAMinute(Pinion pinion) {
    String early = issue(pinion, "ada");
    String late = issue(pinion, "ada");
    pinion.clock().advance(Duration.ofSeconds(50));
    assertThat(redeem(pinion, early)).isEqualTo(200);
    pinion.clock().advance(Duration.ofSeconds(10));
    assertThat(redeem(pinion, late)).isEqualTo(401);
  }

  /** A replay is refused for as long as the ticket is valid, whatever DynamoDB has deleted. */
  @Test
  void theRowOutlivesTheTicket(Pinion pinion) {
    String ticket = issue(pinion, "ada");
    long end = Instant.now().plusSeconds(60).getEpochSecond();
    assertThat(redeem(pinion, ticket)).isEqualTo(200);
    assertThat(pinion.table("used").rows()).singleElement().satisfies(row -> {
      assertThat(row.string("id")).matches("[0-9a-f]{32}");
      assertThat(row.number("end").longValue()).isBetween(end + 3500, end + 3700);
      assertThat(row.toString()).doesNotContain("ada", ticket);
    });
  }

  @Test
  void ofManyThatComeTogetherOneIsAccepted(Pinion pinion) throws Exception {
    String ticket = issue(pinion, "ada");
    List<Future<Integer>> all = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 20; i++) all.add(threads.submit(() -> redeem(pinion, ticket)));
    }
    List<Integer> statuses = new ArrayList<>();
    for (Future<Integer> each : all) statuses.add(each.get());
    assertThat(statuses).containsOnlyOnce(200).hasSize(20);
  }

  @Test
  void everyBitOfATicketCounts(Pinion pinion) {
    byte[] ticket = Base64.getUrlDecoder().decode(issue(pinion, "ada"));
    for (int i = 0; i < ticket.length; i++) {
      byte[] forged = ticket.clone();
      forged[i] ^= (byte) (1 << (i % 8));
      assertThat(redeem(pinion, Base64.getUrlEncoder().withoutPadding().encodeToString(forged))).isEqualTo(401);
    }
    assertThat(pinion.table("used").rows()).isEmpty();
  }

  @Test
  void forgedTicketsAreRefused(Pinion pinion) {
    String good = issue(pinion, "ada");
    byte[] bytes = Base64.getUrlDecoder().decode(good);
    List<String> forged = List.of(
        pinion.http().post("/elsewhere", "ada").expect(200).body(),
        pinion.http().post("/others", "ada").expect(200).body(),
        good.substring(0, good.length() - 4), good + "AAAA", good + ".", " " + good, "x", "é", "AQ", "a".repeat(5000),
        Base64.getUrlEncoder().encodeToString(new byte[100]),
        Base64.getUrlEncoder().encodeToString(java.util.Arrays.copyOf(bytes, bytes.length - 32)),
        Base64.getUrlEncoder().encodeToString("ada:9999999999999".repeat(6).getBytes(StandardCharsets.UTF_8)));
    for (String each : forged) assertThat(redeem(pinion, each)).as(each).isEqualTo(401);
    assertThat(pinion.table("used").rows()).isEmpty();
    assertThat(redeem(pinion, good)).isEqualTo(200);
  }

  @Test
  void aSecretThatCanBeGuessedSignsNothing(Pinion pinion) {
    assertThat(pinion.http().post("/weak", "ada").status()).isEqualTo(500);
    assertThat(pinion.log()).anyMatch(line -> line.contains("secret 'short' is too short to sign tickets"));
  }

  /** In UTF-8 it would be {@code ada?}, who is somebody else. */
  @Test
  void aPrincipalThatUtf8CannotExpressGetsNone(Pinion pinion) {
    assertThat(pinion.http().post("/half", "").status()).isEqualTo(500);
    assertThat(pinion.log()).anyMatch(line -> line.contains("half of a surrogate pair"));
  }

  /** An app whose tables cannot keep tickets. */
  static final class Mistaken implements App {
    @Override
    public void define(Cloud cloud) {
      Secret key = cloud.secret("key");
      Tickets.of(key, cloud.table("endless").hashKey("id", STRING).create());
      Tickets.of(key, cloud.table("numbered").hashKey("id", NUMBER).timeToLive("end").create());
      Tickets.of(key, cloud.table("wide").hashKey("id", STRING).rangeKey("at", STRING).timeToLive("end").create());
      assertThatIllegalArgumentException().isThrownBy(
          () -> Tickets.of(key, cloud.table("t").hashKey("id", STRING).timeToLive("e").create())
              .validFor(Duration.ofHours(2)))
          .withMessageContaining("use a second to an hour");
    }
  }

  @Test
  void theTableMustFit() {
    assertThatExceptionOfType(DefinitionException.class).isThrownBy(() -> Definition.of(new Mistaken()))
        .withMessageContainingAll(
            "table 'endless' cannot keep used tickets", "table 'numbered' cannot", "table 'wide' cannot");
  }
}
