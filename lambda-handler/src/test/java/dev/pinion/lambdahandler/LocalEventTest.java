package dev.pinion.lambdahandler;

import dev.pinion.json.RecordCodec;
import dev.pinion.spi.ConnectionContext;
import dev.pinion.spi.Event;
import dev.pinion.spi.JsonCodec.MismatchException;
import dev.pinion.spi.MessageIds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/// Local events have every member of the events that API Gateway was recorded to send, and no other.
final class LocalEventTest {
  private static final RecordCodec JSON = new RecordCodec();
  private static final String HOST = "k3x9qzt1ub.execute-api.eu-central-1.amazonaws.com";
  private static final ConnectionContext CONNECTION = new ConnectionContext(
      "BFwQ_fXJFiACE1g=", 1731332892417L, "203.0.113.7", Optional.of("Mozilla/5.0 (X11; Linux x86_64)"), HOST, "prod",
      "k3x9qzt1ub");

  private static void assertSame(Event event, String recorded) throws IOException, MismatchException {
    Path file = Path.of("../lambda/src/test/resources/events", recorded + ".json");
    assertThat(JSON.read(LocalEvent.of(event, JSON), Object.class))
        .isEqualTo(JSON.read(Files.readString(file), Object.class));
  }

  @Test
  void connect() throws Exception {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    headers.put("Host", List.of(HOST));
    headers.put("Sec-WebSocket-Extensions", List.of("permessage-deflate; client_max_window_bits"));
    headers.put("Sec-WebSocket-Key", List.of("q9kQG0hQdM9rRk7c3A2V1w=="));
    headers.put("Sec-WebSocket-Protocol", List.of("chat.v1, chat.v2"));
    headers.put("Sec-WebSocket-Version", List.of("13"));
    headers.put("User-Agent", List.of("Mozilla/5.0 (X11; Linux x86_64)"));
    headers.put("X-Amzn-Trace-Id", List.of("Root=1-67320b1c-3f6d0a2b5c8e47d91a2b3c4d"));
    headers.put("X-Forwarded-For", List.of("203.0.113.7"));
    headers.put("X-Forwarded-Port", List.of("443"));
    headers.put("X-Forwarded-Proto", List.of("https"));
    headers.put("x-room", List.of("red", "blue"));
    Map<String, List<String>> query = Map.of("name", List.of("Ada Lovelace"), "tag", List.of("a", "b"));
    assertSame(new Event.Connect(CONNECTION, "BFwQ_EXjliAFSXA=", 1731332892419L, headers, query), "connect");
  }

  @Test
  void message() throws Exception {
    assertSame(
        new Event.Message(
            CONNECTION, "$default", MessageIds.of("BFwRCHHNFiAFmpA=", "BFwRCdFMliACE1g="), 1731332892803L,
            "{\"text\": \"Grüße, 𝄞\"}"),
        "message");
  }

  @Test
  void disconnect() throws Exception {
    assertSame(
        new Event.Disconnect(
            CONNECTION, "BFwRgGcmFiAFkLw=", 1731332895903L, 1005, "Client-side close frame status not set"),
        "disconnect");
  }

  @Test
  void anEmptyMessageHasNoBody() {
    assertThat(LocalEvent.of(new Event.Message(CONNECTION, "$default", MessageIds.of("a=", "b="), 1, ""), JSON))
        .doesNotContain("body");
  }

  @Test
  void answersAreReadAsApiGatewayReadsThem() {
    Event message = new Event.Message(CONNECTION, "$default", MessageIds.of("a=", "b="), 1, "");
    var answer = LambdaAnswer.read(
        "{\"statusCode\":201,\"headers\":{\"a\":\"b\"},\"body\":\"YQ==\",\"isBase64Encoded\":true}", message, JSON);
    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.headers()).containsExactly(Map.entry("a", "b"));
    assertThat(answer.body()).contains("a");
    for (String malformed : List.of("null", "", "\"text\"", "{}", "{\"statusCode\":\"x\"}")) {
      assertThatThrownBy(() -> LambdaAnswer.read(malformed, message, JSON))
          .hasMessageStartingWith("the handler's answer is not what API Gateway takes");
    }
  }
}
