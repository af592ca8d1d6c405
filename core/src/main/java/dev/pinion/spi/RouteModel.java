package dev.pinion.spi;

import dev.pinion.Handler;

/**
 * A route of a WebSocket API and the handler behind it.
 *
 * @param path its identity: the API's id, a slash and the key
 * @param key {@code $connect}, {@code $disconnect}, {@code $default} or a key of the app's own
 * @param handler the user's handler
 * @param bodyType what the message's body is read as: {@link String}, or a class to read JSON into
 * @param responds whether the route has a route response, so that what the function returns reaches the client
 * @param options the function's settings
 * @param location where the app declares it
 */
public record RouteModel(
    String path,
    String key,
    Handler handler,
    Class<?> bodyType,
    boolean responds,
    FunctionModel options,
    SourceLocation location) {}
