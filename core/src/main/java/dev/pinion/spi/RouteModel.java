package dev.pinion.spi;

import dev.pinion.Handler;
import dev.pinion.RequestHandler;

/**
 * A route of a WebSocket API, with its handler.
 *
 * @param path its identity: the API's id, a slash and the key
 * @param key {@code $connect}, {@code $disconnect}, {@code $default} or a key that the app chose
 * @param handler the user's handler
 * @param bodyType the type that the message's body is converted to: {@link String} as it is, any other class from JSON
 * @param responds whether the route has a route response, so that what the function returns reaches the client
 * @param options the function's settings
 * @param location where it is declared
 */
public record RouteModel(
    String path,
    String key,
    Handler handler,
    Class<?> bodyType,
    boolean responds,
    FunctionModel options,
    SourceLocation location)
    implements HandlerModel {

  /**
   * Returns whether the handler answers the client. The route of one that does not has a route response, too, where a
   * message may not fit the handler's type.
   */
  public boolean answers() {
    return responds && handler instanceof RequestHandler<?>;
  }
}
