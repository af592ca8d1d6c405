package dev.pinion.spi;

import dev.pinion.Handler;
import java.util.Optional;

/**
 * A route of an HTTP API, with its handler.
 *
 * @param path its identity: the API's id, a slash and the key
 * @param key a method and a path, or {@code $default}; see {@link HttpRouteKey}
 * @param handler the user's handler
 * @param bodyType the type that the body is converted to: {@link String} as it is, any other class from JSON; empty if
 *     the handler reads the body itself
 * @param options the function's settings
 * @param location where it is declared
 */
public record HttpRouteModel(
    String path, String key, Handler handler, Optional<Class<?>> bodyType, FunctionModel options,
    SourceLocation location)
    implements HandlerModel {}
