package dev.pinion.spi;

import dev.pinion.HttpAuthorizer;

/**
 * The JWT authorizer of all routes of an HTTP API.
 *
 * @param authorizer decides on the developer's machine
 * @param rules what API Gateway is told
 * @param location where it is declared
 */
public record HttpAuthorizerModel(HttpAuthorizer authorizer, JwtRules rules, SourceLocation location) {}
