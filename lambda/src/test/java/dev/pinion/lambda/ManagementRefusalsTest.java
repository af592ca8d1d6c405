package dev.pinion.lambda;

import dev.pinion.BadRequestException;
import dev.pinion.Broadcast;
import dev.pinion.ForbiddenException;
import dev.pinion.LimitExceededException;
import dev.pinion.PayloadTooLargeException;
import dev.pinion.ServiceException;
import dev.pinion.ServiceUnavailableException;
import dev.pinion.awsclient.AwsErrorException;
import dev.pinion.lambda.ScriptedServer.Answer;
import dev.pinion.lambda.ScriptedServer.Request;
import dev.pinion.spi.Sender;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What the management API refuses, and what is repeated. */
@Timeout(60)
final class ManagementRefusalsTest {
  private static final Answer OK = new Answer(200, "", "");
  private static final Answer THROTTLED = new Answer(429, "LimitExceededException", "{\"message\":\"Rate exceeded\"}");
  private static final Answer BROKEN = new Answer(500, "InternalServerException", "");

  private Function<Request, Answer> script = _ -> OK;
  private final Waits waits = Senders.aMinute();
  private final ScriptedServer server;
  private final Sender sender;

  ManagementRefusalsTest() throws Exception {
    server = new ScriptedServer(request -> script.apply(request));
    sender = Senders.of(server.url() + "/prod", "wss://x", waits);
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void theRequestIsSignedForTheStagesPath() {
    assertThat(sender.postToConnection("BFwQ_fXJFiACE1g=", "hä")).isTrue();
    Request request = server.requests().getFirst();
    assertThat(request.line()).isEqualTo("POST /prod/@connections/BFwQ_fXJFiACE1g%3D");
    assertThat(request.body()).isEqualTo("hä");
    assertThat(request.authorization())
        .matches("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/\\d{8}/eu-central-1/execute-api/aws4_request, .*");
  }

  @Test
  void throttlingIsRepeatedWithLongerAndLongerWaits() {
    script = request -> request.number() < 4 ? THROTTLED : OK;
    assertThat(sender.postToConnection("a", "x")).isTrue();
    assertThat(server.requests()).hasSize(4);
    assertThat(waits.millis()).containsExactly(50L, 100L, 200L);
  }

  @Test
  void throttlingThatGoesOnIsTold() {
    script = _ -> THROTTLED;
    assertThatThrownBy(() -> sender.postToConnection("a", "x"))
        .isExactlyInstanceOf(LimitExceededException.class).hasMessage("Rate exceeded");
    assertThat(server.requests()).hasSize(ManagementSender.THROTTLED);
  }

  @Test
  void nothingIsRepeatedPastTheInvocationsTime() {
    script = _ -> THROTTLED;
    Waits few = new Waits(Duration.ofMillis(700));
    assertThatThrownBy(() -> Senders.of(server.url() + "/prod", "wss://x", few).postToConnection("a", "x"))
        .isExactlyInstanceOf(LimitExceededException.class);
    assertThat(few.millis()).containsExactly(50L, 100L);
  }

  @Test
  void aFaultOfAwsIsRepeatedTwiceAndNamed() {
    script = _ -> BROKEN;
    assertThatThrownBy(() -> sender.getConnection("a")).isExactlyInstanceOf(ServiceUnavailableException.class)
        .hasMessage("the management API failed, after 3 attempts: InternalServerException: no message (status 500)");
    assertThat(server.requests()).hasSize(3);
    script = request -> request.number() == 4 ? BROKEN : new Answer(204, "", "");
    assertThat(sender.deleteConnection("a")).isTrue();
  }

  @Test
  void whatAnAnswerLeavesOutIsUnknown() {
    script = _ -> new Answer(200, "", "{\"connectedAt\":\"2020-04-30T20:10:33.236Z\"}");
    assertThat(sender.getConnection("a")).hasValueSatisfying(info -> {
      assertThat(info.sourceIp()).isEmpty();
      assertThat(info.userAgent()).isEmpty();
      assertThat(info.lastActiveAt()).isEqualTo(info.connectedAt());
    });
    script = _ -> new Answer(200, "", "<html>");
    assertThatThrownBy(() -> sender.getConnection("a")).isExactlyInstanceOf(ServiceUnavailableException.class)
        .hasMessageContaining("cannot be read: <html>");
  }

  @ParameterizedTest
  @CsvSource({"400, BadRequestException", "403, ForbiddenException", "413, PayloadTooLargeException"})
  void aRefusalIsNotRepeated(int status, String type) {
    Class<? extends ServiceException> expected = switch (status) {
      case 400 -> BadRequestException.class;
      case 403 -> ForbiddenException.class;
      default -> PayloadTooLargeException.class;
    };
    script = _ -> new Answer(status, type, "{\"message\":\"not so\"}");
    assertThatThrownBy(() -> sender.postToConnection("a", "x")).isExactlyInstanceOf(expected).hasMessage("not so")
        .hasCauseInstanceOf(AwsErrorException.class);
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void aRefusalWithoutATypeIsKnownByItsStatus() {
    script = _ -> new Answer(403, "", "{}");
    assertThatThrownBy(() -> sender.postToConnection("a", "x")).isExactlyInstanceOf(ForbiddenException.class);
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void goneHasAnEmptyBody() {
    script = request -> new Answer(410, request.number() == 1 ? "" : "GoneException", "");
    assertThat(sender.postToConnection("a", "x")).isFalse();
    assertThat(sender.deleteConnection("a")).isFalse();
    assertThat(sender.getConnection("a")).isEmpty();
    assertThat(server.requests()).hasSize(3);
  }

  private static List<String> ids(int count) {
    return IntStream.range(0, count).mapToObj(i -> "id" + i).toList();
  }

  @Test
  void aThrottledBroadcastReachesAllInTheEnd() {
    Set<String> seen = ConcurrentHashMap.newKeySet();
    script = request -> seen.add(request.line()) && request.number() > 20 ? THROTTLED : OK;
    Broadcast done = sender.broadcast(ids(200).iterator(), "x");
    assertThat(done.sent()).isEqualTo(200);
    assertThat(done.failed()).isEmpty();
    assertThat(waits.millis()).hasSize(180);
  }

  @Test
  void aBroadcastWithoutTimeTellsWhoGotNothing() {
    script = request -> request.number() <= 5 ? OK : THROTTLED;
    Sender hurried = Senders.of(server.url() + "/prod", "wss://x", new Waits(Duration.ofSeconds(3)));
    Broadcast done = hurried.broadcast(ids(60).iterator(), "x");
    assertThat(done.sent()).isEqualTo(5);
    assertThat(done.failed()).hasSize(55)
        .allSatisfy((_, e) -> assertThat(e).isExactlyInstanceOf(LimitExceededException.class));
  }

  @Test
  void aBroadcastReportsEachReceiverOnce() {
    script = request -> switch (request.line().substring(request.line().lastIndexOf('/') + 1)) {
      case "id3" -> new Answer(403, "ForbiddenException", "{}");
      case "id5" -> BROKEN;
      case "id7" -> new Answer(404, "", "");
      case "id9", "id8" -> new Answer(410, "", "");
      default -> OK;
    };
    Broadcast done = sender.broadcast(ids(50).iterator(), "x");
    assertThat(done.sent()).isEqualTo(45);
    assertThat(done.gone()).containsExactly("id8", "id9");
    assertThat(done.failed().keySet()).containsExactly("id3", "id5", "id7");
    assertThat(done.failed().get("id3")).isExactlyInstanceOf(ForbiddenException.class);
    assertThat(done.failed().get("id5")).isExactlyInstanceOf(ServiceUnavailableException.class);
    assertThat(done.failed().get("id7")).isExactlyInstanceOf(ServiceUnavailableException.class);
  }

  @Test
  void whatConcernsAllReceiversIsThrown() {
    script = _ -> new Answer(403, "ForbiddenException", "{\"message\":\"not so\"}");
    assertThatThrownBy(() -> sender.broadcast(ids(5).iterator(), "x"))
        .isExactlyInstanceOf(ForbiddenException.class).hasMessage("not so");
    assertThat(server.requests()).hasSize(5);
  }

  @Test
  @SuppressWarnings("NullAway") // what a program that is not checked may do
  void aNullIdFailsAndNoOtherReceiver() {
    Broadcast done = sender.broadcast(Stream.of("a", "b", null, "c", "c").iterator(), "x");
    assertThat(done.sent()).isEqualTo(4);
    assertThat(done.failed()).containsOnlyKeys("null");
    assertThat(done.failed().get("null")).isExactlyInstanceOf(BadRequestException.class)
        .hasMessage("the connection id at position 3 is null");
  }

  @Test
  void equalFailuresAreOneLineOfTheLog() {
    List<String> log = new CopyOnWriteArrayList<>();
    script = request -> switch (request.number() % 2) {
      case 0 -> new Answer(404, "", "");
      default -> new Answer(403, "ForbiddenException", "{\"message\":\"not so\"}");
    };
    Broadcast done = Senders.of(server.url() + "/prod", "wss://x", waits, log::add).broadcast(ids(60).iterator(), "x");
    assertThat(done.failed()).hasSize(60);
    assertThat(log).hasSize(2).allSatisfy(
        line -> assertThat(line).startsWith("warning: a broadcast was not sent to 30 of its receivers, such as id"));
  }

  /** When much fails, posts are tried once instead of three times, which is no other failure. */
  @Test
  void equalFailuresAreOneLineHoweverOftenTheyWereTried() {
    List<String> log = new CopyOnWriteArrayList<>();
    script = _ -> new Answer(500, "", "");
    Broadcast done = Senders.of(server.url() + "/prod", "wss://x", waits, log::add).broadcast(ids(60).iterator(), "x");
    assertThat(done.failed()).hasSize(60);
    assertThat(server.requests().size()).isBetween(61, 179);
    assertThat(log).singleElement().asString()
        .startsWith("warning: a broadcast was not sent to 60 of its receivers, such as id")
        .endsWith(": ServiceUnavailableException: the management API failed: no message (status 500)");
  }

  @Test
  void anErrorIsTheFailureOfItsReceiver() {
    Broadcast done = new Broadcasting(new Pause(waits), id -> {
      if (id.equals("id3")) {
        throw new OutOfMemoryError("on purpose");
      }
      return !id.equals("id5");
    }, _ -> {}).send(ids(20).iterator());
    assertThat(done.sent()).isEqualTo(18);
    assertThat(done.gone()).containsExactly("id5");
    assertThat(done.failed().get("id3")).isExactlyInstanceOf(ServiceUnavailableException.class)
        .hasMessageContaining("on purpose");
  }
}
