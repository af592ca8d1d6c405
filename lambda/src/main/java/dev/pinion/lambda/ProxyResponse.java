package dev.pinion.lambda;

import dev.pinion.json.RecordCodec;
import dev.pinion.spi.Response;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes the JSON of a function's answer to API Gateway's proxy integration: a status, and headers and a body if there
 * are any.
 */
final class ProxyResponse {
  private ProxyResponse() {}

  /** Returns an answer as JSON. */
  static String write(Response response, RecordCodec json) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("statusCode", response.statusCode());
    if (!response.headers().isEmpty()) {
      members.put("headers", response.headers());
    }
    response.body().ifPresent(body -> members.put("body", body));
    return json.write(members);
  }
}
