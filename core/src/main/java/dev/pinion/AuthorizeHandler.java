package dev.pinion;

import java.util.List;

/**
 * Decides whether a client may connect to a {@link WebSocket}. On AWS it is a Lambda REQUEST authorizer of {@code
 * $connect}, a function of its own, which runs before the handler of {@link WebSocket#onConnect}. API Gateway caches no
 * result. A lambda is enough; a ready-made authorizer also overrides {@link #identitySources}.
 *
 * <p>Source: API Gateway developer guide, "Control access to WebSocket APIs with AWS Lambda REQUEST authorizers".
 */
@FunctionalInterface
public non-sealed interface AuthorizeHandler extends Handler {
  /**
   * Called once for each handshake.
   *
   * @return for {@link Authorization#allow} the client is accepted unless the handler of {@code $connect} rejects it,
   *     for {@link Authorization#deny} it gets 403, for {@link Authorization#unauthorized} 401
   * @throws Exception if the handler fails; the client gets 500, or 401 if the message is exactly {@code Unauthorized}
   */
  Authorization authorize(AuthorizeRequest request) throws Exception;

  /**
   * Where a token can be, for an authorizer that reads one. One header or one query parameter becomes API Gateway's
   * identity source: a handshake without it gets 401, and the function is not called. Of several places API Gateway
   * would require all, and a subprotocol is none that it knows, so then there is no identity source, and the handler
   * itself answers {@link Authorization#unauthorized}. Called in {@link App#define}.
   */
  default List<TokenFrom> identitySources() {
    return List.of();
  }

  /**
   * Executes the handler's code without a client, so that the first one waits less. Called on AWS, before Lambda takes
   * the snapshot that instances of the function start from. A lambda does nothing.
   */
  default void rehearse() {}
}
