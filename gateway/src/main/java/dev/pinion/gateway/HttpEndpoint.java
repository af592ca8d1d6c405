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
   * Returns how many bytes a request's body may have; the answer to a longer one is 413. Called on an event loop; must
   * not block.
   *
   * @param head the request, without its body
   * @param usual what other requests may have
   */
  default int bodyBytes(HttpRequest head, int usual) {
    return usual;
  }

  /**
   * The answer, empty when there is none (403, as API Gateway answers an unknown path).
   *
   * @throws Exception when it fails (500)
   */
  Optional<HttpResponse> answer(HttpRequest request) throws Exception;
}
