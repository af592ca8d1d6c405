package dev.pinion;

import org.jspecify.annotations.Nullable;

/**
 * Handles the requests of a route of an {@link HttpApi}, whose body is converted, and returns the reply.
 *
 * @param <T> the type that the body is converted to
 */
@FunctionalInterface
public non-sealed interface HttpBodyHandler<T> extends Handler {
  /**
   * Called once for each request whose body fits the type.
   *
   * @return the reply, as for {@link HttpCallHandler#handle}
   * @throws Exception if the handler fails; the client gets 500
   */
  @Nullable
  Object handle(HttpCall request, T body) throws Exception;
}
