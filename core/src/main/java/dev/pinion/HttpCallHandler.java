package dev.pinion;

import org.jspecify.annotations.Nullable;

/** Handles the requests of a route of an {@link HttpApi}, and returns the reply. */
@FunctionalInterface
public non-sealed interface HttpCallHandler extends Handler {
  /**
   * Called once for each request.
   *
   * @return an {@link HttpReply}; any other value is a reply with status 200: a {@link CharSequence} as {@code
   *     text/plain}, any other supported value as JSON. Null and an empty {@link java.util.Optional} are a reply with
   *     status 204
   * @throws Exception if the handler fails; the client gets 500
   */
  @Nullable
  Object handle(HttpCall request) throws Exception;
}
