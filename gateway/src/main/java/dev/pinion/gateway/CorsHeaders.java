package dev.pinion.gateway;

import dev.pinion.engine.HttpRequest;
import dev.pinion.spi.HttpApiModel.Cors;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The headers of CORS that API Gateway adds to answers, in place of a handler's own. An origin that is not allowed gets
 * none.
 *
 * <p>Source: API Gateway developer guide, "Configure CORS for HTTP APIs".
 */
final class CorsHeaders {
  private static final String START = "access-control-";

  private CorsHeaders() {}

  /** Returns the headers of an answer, of which a handler's own are given. */
  static Map<String, String> of(Optional<Cors> declared, HttpRequest request, Map<String, String> own) {
    if (declared.isEmpty()) {
      return own;
    }
    Map<String, String> headers = new LinkedHashMap<>(own);
    headers.keySet().removeIf(name -> name.startsWith(START));
    Cors cors = declared.get();
    Optional<String> origin = request.header("Origin").filter(cors::allows);
    if (origin.isPresent()) {
      allow(headers, cors, origin.get());
      put(headers, "expose-headers", cors.exposed());
    }
    return headers;
  }

  /** Returns the headers of the answer to an {@code OPTIONS} request; none if it does not ask for a method. */
  static Map<String, String> preflight(Cors cors, HttpRequest request) {
    Map<String, String> headers = new LinkedHashMap<>();
    Optional<String> origin = request.header("Origin").filter(cors::allows);
    if (origin.isPresent() && request.header("Access-Control-Request-Method").isPresent()) {
      allow(headers, cors, origin.get());
      put(headers, "allow-methods", cors.methods());
      put(headers, "allow-headers", cors.headers());
      cors.maxAge().ifPresent(age -> headers.put(START + "max-age", Long.toString(age.toSeconds())));
    }
    return headers;
  }

  private static void allow(Map<String, String> headers, Cors cors, String origin) {
    headers.put(START + "allow-origin", cors.origins().contains("*") ? "*" : origin);
    if (cors.credentials()) {
      headers.put(START + "allow-credentials", "true");
    }
  }

  private static void put(Map<String, String> headers, String name, List<String> values) {
    if (!values.isEmpty()) {
      headers.put(START + name, String.join(",", values));
    }
  }
}
