package app;

import dev.pinion.App;
import dev.pinion.Cloud;
import dev.pinion.Item;
import dev.pinion.Key;
import dev.pinion.Table;
import dev.pinion.junit.Connect;
import dev.pinion.junit.Pinion;
import dev.pinion.junit.PinionTest;
import dev.pinion.junit.TestClient;
import dev.pinion.sim.Fault;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.pinion.AttributeType.STRING;
import static org.assertj.core.api.Assertions.assertThat;

/** What people read when a test fails. */
class FailureTextTest {
  @PinionTest(value = Desk.class, timeLimitMillis = 20_000)
  static class AnotherMessage {
    @Test
    void fails(Pinion pinion, TestClient ann, TestClient bob) {
      ann.send("{\"action\":\"twice\"}");
      pinion.settle();
      ann.close();
      ann.expect("hello");
    }
  }

  @Test
  void anotherMessageIsShownWithWhatFollows() {
    assertThat(Outcomes.of(AnotherMessage.class).text()).isEqualTo("""
        ann expected "hello"
          but received "first"
          and then "second"

        clients (-> sent, <- received)
          T ms  ann  connected
          T ms  bob  connected
          T ms  ann  -> "{"action":"twice"}"
          T ms  ann  <- "first"
          T ms  ann  <- "second"
          T ms  ann  closes with 1000
          T ms  ann  closed: 1000

        log of the app
          nothing was logged
        """);
  }

  @Test
  void theStackTraceBeginsAtTheTest() {
    assertThat(Outcomes.of(Rows.class).failures.getFirst().getStackTrace()[0].getClassName())
        .isEqualTo(Rows.class.getName());
  }

  /** An app whose handler does not end by itself. */
  static final class Hangs implements App {
    @Override
    public void define(Cloud cloud) {
      Table rows = cloud.table("rows").hashKey("id", STRING).create();
      cloud.webSocket("hangs").create().onMessage((c, body) -> {
        new CountDownLatch(1).await();
        rows.putItem(Item.of("id", body));
      });
    }
  }

  @PinionTest(value = Hangs.class, timeLimitMillis = 100)
  static class NothingYet {
    @Test
    void fails(TestClient ann) {
      ann.send("hello");
      ann.expectNothing();
    }
  }

  @PinionTest(value = Hangs.class, timeLimitMillis = 100)
  static class NoRowsYet {
    @Test
    void fails(Pinion pinion, TestClient ann) {
      ann.send("hello");
      pinion.table("rows").expectNoRows();
    }
  }

  @ParameterizedTest
  @ValueSource(classes = {NothingYet.class, NoRowsYet.class})
  void aHandlerThatHangsIsNotTakenForOneThatDoesNothing(Class<?> test) {
    assertThat(Outcomes.of(test).text())
        .startsWith("after 100 ms, 1 handler still ran, so what they do is not known");
  }

  @PinionTest(value = Hangs.class, timeLimitMillis = 100)
  static class Silent {
    @Test
    void fails(TestClient ann) {
      ann.send("hello");
      ann.expect("hello");
    }
  }

  @PinionTest(value = Hangs.class, timeLimitMillis = 100)
  static class Another {
    @Test
    void fails(TestClient ann, TestClient bob) {
      ann.send("hello");
      bob.close();
      bob.expect("hello");
    }
  }

  @ParameterizedTest
  @ValueSource(classes = {Silent.class, Another.class, NothingYet.class})
  void whatFailsSaysWhichHandlersStillRun(Class<?> test) {
    assertThat(Outcomes.of(test).text()).containsPattern("""

        handlers that still run
          FailureTextTest.java:\\d+: hangs/\\$default of ann, for \\d+ m?s, is at FailureTextTest.java:\\d+, in \
        CountDownLatch.await

        log of the app
        """);
  }

  static final class Waits implements App {
    @Override
    public void define(Cloud cloud) {
      cloud.task("wait", String.class).create().onStart(_ -> new CountDownLatch(1).await());
    }
  }

  @PinionTest(value = Waits.class, timeLimitMillis = 100)
  static class Working {
    @Test
    void fails(Pinion pinion) {
      pinion.task("wait").start("b");
    }
  }

  @Test
  void handlersThatNoClientHasCalledAreNamedToo() {
    assertThat(Outcomes.of(Working.class).text()).containsPattern(
        "\n  FailureTextTest.java:\\d+: wait of start \\d+, for \\d+ m?s, is at FailureTextTest.java:\\d+, in"
            + " CountDownLatch.await\n");
  }

  @PinionTest(value = Desk.class, timeLimitMillis = 50)
  static class Silence {
    @Test
    void fails(Pinion pinion) {
      pinion.faults().add(Fault.parse("reset:0"));
      pinion.connect(handshake -> handshake.as("Bob")).expect(Desk.Said.class);
    }
  }

  @Test
  void silenceHasItsTimeAndFaultsTheirSeed() {
    assertThat(Outcomes.of(Silence.class).text().replaceAll("seed=?\\s?\\d+", "seed N")).isEqualTo("""
        Bob expected a Said, but received nothing within 50 ms

        clients (-> sent, <- received)
          T ms  Bob  connected

        log of the app
          nothing was logged

        faults had the seed N: run with -Dpinion.seed N for the same ones
        """);
  }

  @PinionTest(value = Desk.class, timeLimitMillis = 20_000)
  static class HandlerFails {
    @Test
    void fails(TestClient ann) {
      ann.send("{\"action\":\"fail\"}");
      ann.expectJson("{\"message\": \"ok\"}");
    }
  }

  @Test
  void theLogSaysWhyAHandlerFailed() {
    assertThat(Outcomes.of(HandlerFails.class).text()).contains("""
        ann expected {"message": "ok"}
          but received "{"message": "Internal server error", "connectionId":"ID", "requestId":"ID"}"
          difference: message: "ok" was expected, but it is "Internal server error"
        """).containsPattern("log of the app\n  Desk.java:\\d+: error: TIME handler desk/fail failed for connection ID:"
        + " java.lang.IllegalStateException: on purpose");
  }

  @PinionTest(value = Desk.class, timeLimitMillis = 20_000)
  static class Rows {
    @Test
    void fails(Pinion pinion, TestClient ann) {
      pinion.table("members").expectRows(Item.of("connectionId", "x"));
    }
  }

  @Test
  void rowsAreComparedByTheirDifference() {
    assertThat(Outcomes.of(Rows.class).text()).startsWith("""
        table 'members' has 1 row, and not those that were expected
          missing:    {connectionId="x"}
          unexpected: {connectionId="ID"}
        """);
  }

  @PinionTest(Desk.class)
  static class Rejected {
    @Test
    void fails(Pinion pinion) {
      pinion.connect(handshake -> handshake.query("token", "wrong"));
    }
  }

  @Test
  void aRejectedHandshakeHasItsStatus() {
    assertThat(Outcomes.of(Rejected.class).text()).startsWith("""
        client 1 expected to be connected
          but the handshake was answered 401
        """).contains("client 1  not connected: 401");
  }

  @PinionTest(Desk.class)
  static class RejectedParameter {
    @Test
    void fails(@Connect(query = "token=wrong") TestClient ann) {
      ann.send("x");
    }
  }

  @Test
  void aRejectedParameterIsExplainedOnceAtTheTest() {
    Outcomes outcomes = Outcomes.of(RejectedParameter.class);
    assertThat(outcomes.text()).isEqualTo("""
        ann expected to be connected
          but the handshake was answered 401

        clients (-> sent, <- received)
          T ms  ann  not connected: 401

        log of the app
          TIME desk: answered 401 to /prod: the $connect handler's answer (Desk.java:23)
        """);
    Throwable failure = outcomes.failures.getFirst();
    assertThat(failure).hasNoCause().hasNoSuppressedExceptions();
    assertThat(failure.getStackTrace()).singleElement().asString()
        .matches(".*FailureTextTest\\$RejectedParameter.fails\\(FailureTextTest.java:\\d+\\)");
  }

  @PinionTest(Desk.class)
  static class MalformedParameter {
    @Test
    void fails(@Connect(query = "token") TestClient ann) {
      ann.send("x");
    }
  }

  @Test
  void aMalformedParameterIsExplainedOnceAtTheTest() {
    Outcomes outcomes = Outcomes.of(MalformedParameter.class);
    assertThat(outcomes.text()).isEqualTo("a query parameter of @Connect is NAME=VALUE, not 'token'");
    assertThat(outcomes.failures.getFirst()).hasNoCause();
    assertThat(outcomes.failures.getFirst().getStackTrace()).hasSize(1);
  }

  @PinionTest(Desk.class)
  static class RowWithoutKey {
    @Test
    void fails(Pinion pinion) {
      pinion.table("members").put(Item.of("name", "Ann"));
    }
  }

  @PinionTest(Desk.class)
  static class KeyOfAnotherTable {
    @Test
    void fails(Pinion pinion) {
      pinion.table("members").row(Key.of("room", "kitchen"));
    }
  }

  @ParameterizedTest
  @ValueSource(classes = {RowWithoutKey.class, KeyOfAnotherTable.class})
  void aRefusedRowNamesItsTableAndTheTest(Class<?> test) {
    Outcomes outcomes = Outcomes.of(test);
    assertThat(outcomes.text())
        .endsWith(" (table 'members', Desk.java:21, whose key is connectionId STRING)");
    assertThat(outcomes.failures.getFirst().getStackTrace()[0].getClassName()).isEqualTo(test.getName());
  }

  @PinionTest(Desk.class)
  static class OtherAssertion {
    @Test
    void fails(TestClient ann) {
      ann.send("x");
      assertThat(ann.next()).isEqualTo("y");
    }
  }

  @Test
  void otherAssertionsHaveTheTranscriptBesideThem() {
    Throwable failure = Outcomes.of(OtherAssertion.class).failures.getFirst();
    assertThat(failure.getSuppressed()).singleElement().asString()
        .contains("before this failure:\nclients (-> sent, <- received)").contains("ann  <- \"x\"");
  }
}
