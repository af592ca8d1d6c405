package dev.pinion.lambda;

import dev.pinion.json.RecordCodec;
import dev.pinion.spi.Response;
import java.util.Map;
import java.util.Optional;

/**
 * The JSON with which a function answers API Gateway's proxy integration: a status, and headers and body if there are
 * any.
 */
record ProxyResponse(int statusCode, Optional<Map<String, String>> headers, Optional<String> body) {

  /** An answer as JSON. */
  static String write(Response response, RecordCodec json) {
    Optional<Map<String, String>> headers =
        response.headers().isEmpty() ? Optional.empty() : Optional.of(response.headers());
    return json.write(new ProxyResponse(response.statusCode(), headers, response.body()));
  }
}
