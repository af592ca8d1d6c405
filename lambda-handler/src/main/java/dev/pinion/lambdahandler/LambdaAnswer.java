package dev.pinion.lambdahandler;

import dev.pinion.spi.Event;
import dev.pinion.spi.JsonCodec;
import dev.pinion.spi.JsonCodec.MismatchException;
import dev.pinion.spi.Response;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a function answers as API Gateway does: an object with a status, headers and a body. {@code $connect} is
 * accepted by a status of 2xx. An answer without a status is malformed, for which API Gateway sends {@code Internal
 * server error}, or answers a handshake with 502.
 *
 * <p>Source: API Gateway developer guide, "Set up a Lambda proxy integration: output format".
 */
final class LambdaAnswer {
  private LambdaAnswer() {}

  static Response read(String text, Event event, JsonCodec json) {
    if (text.isEmpty() || text.equals("null")) {
      if (event instanceof Event.Disconnect) return Response.OK;
      throw malformed("it is " + (text.isEmpty() ? "empty" : text));
    }
    Object value;
    try {
      value = json.read(text, Object.class);
    } catch (MismatchException e) {
      throw new IllegalStateException("the handler's answer is not JSON", e);
    }
    if (!(value instanceof Map<?, ?> answer)) throw malformed("it is no object");
    return new Response(status(answer.get("statusCode")), headers(answer), body(answer));
  }

  private static IllegalStateException malformed(String why) {
    return new IllegalStateException(
        "the handler's answer is not what API Gateway takes, an object with a statusCode: " + why);
  }

  private static int status(@Nullable Object status) {
    String text = String.valueOf(status);
    if (!text.matches("[1-5][0-9]{2}")) throw malformed("statusCode is " + text);
    return Integer.parseInt(text);
  }

  private static Map<String, String> headers(Map<?, ?> answer) {
    Map<String, String> headers = new LinkedHashMap<>();
    if (answer.get("multiValueHeaders") instanceof Map<?, ?> all) {
      all.forEach((name, values) -> {
        if (values instanceof List<?> list && !list.isEmpty()) {
          headers.put(String.valueOf(name), String.valueOf(list.getLast()));
        }
      });
    }
    if (answer.get("headers") instanceof Map<?, ?> all) {
      all.forEach((name, value) -> headers.put(String.valueOf(name), String.valueOf(value)));
    }
    return headers;
  }

  private static Optional<String> body(Map<?, ?> answer) {
    if (!(answer.get("body") instanceof String body)) return Optional.empty();
    if (!Boolean.TRUE.equals(answer.get("isBase64Encoded"))) return Optional.of(body);
    return Optional.of(new String(Base64.getDecoder().decode(body), StandardCharsets.UTF_8));
  }
}
