package dev.pinion.gateway;

import dev.pinion.engine.HttpRequest;
import dev.pinion.engine.HttpResponse;
import java.util.Optional;

/**
 * Answers the plain HTTP requests that are neither for the stage nor for {@code @connections}, such as a page to try
 * the API.
 *
 * <p>Called on virtual threads, by many at once; it may block. Only requests of this server's own origin, or without
 * an origin, reach it.
 */
@FunctionalInterface
public interface HttpEndpoint {

  /** Answers nothing. */
  HttpEndpoint NONE = request -> Optional.empty();

  /**
   * The answer, empty when there is none (403, as API Gateway answers an unknown path).
   *
   * @throws Exception when it fails (500)
   */
  Optional<HttpResponse> answer(HttpRequest request) throws Exception;
}
