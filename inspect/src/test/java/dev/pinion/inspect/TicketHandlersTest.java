package dev.pinion.inspect;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/// What is found of handlers that issue tickets, and of those that redeem them.
final class TicketHandlersTest {
  private static final String RESOURCES = """
      Table used = cloud.table("used").hashKey("id", STRING).timeToLive("end").create();
      Table other = cloud.table("other").hashKey("id", STRING).timeToLive("end").create();
      Secret key = cloud.secret("key");
      Secret second = cloud.secret("second");
      WebSocket ws = cloud.webSocket("ws").create();
      Tickets tickets = Tickets.of(key, used);
      Tickets others = Tickets.of(second, other).audience("x").validFor(java.time.Duration.ofSeconds(5));
      List<Tickets> both = List.of(tickets, others);
      """;
  private static final String MEMBERS = """
      static final java.time.Instant NOW = java.time.Instant.EPOCH;
      record Door(Tickets tickets) {
        boolean opens(String ticket) { return tickets.redeem(ticket, NOW).isPresent(); }
      }
      """;

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "tickets.issue(b, NOW); | [key]",
    "tickets.redeem(b, NOW); | [key, used PUT_ITEM]",
    "others.redeem(b, NOW); | [other PUT_ITEM, second]",
    "tickets.audience(b).redeem(b, NOW); | [key, used PUT_ITEM]",
    "new Door(others).opens(b); | [other PUT_ITEM, second]",
    "Tickets.of(second, used).issue(b, NOW); | [second]",
    "Tickets.of(second, used).redeem(b, NOW); | [second, used PUT_ITEM]",
    "(b.isEmpty() ? tickets : others).issue(b, NOW); | [key, second]",
    "Tickets.of(b.isEmpty() ? key : second, used).redeem(b, NOW); "
        + "| [key, second, used PUT_ITEM]",
    "both.getFirst().redeem(b, NOW); | [key, other PUT_ITEM, second, used PUT_ITEM]",
    "tickets.toString(); | []"})
  void theRoleFollowsTheTickets(String statement, String uses) {
    String source = Programs.app("Test", RESOURCES + "ws.onMessage((c, b) -> { " + statement + " });", MEMBERS);
    Inspection inspection = Programs.compile(Map.of("Test", source)).inspect("Test");
    assertThat(inspection.handler("ws/$default").orElseThrow().uses().keySet().stream().map(InspectorTest::text)
        .sorted()).asString().isEqualTo(uses);
  }
}
