package dev.pinion.spi;

import java.util.List;

/**
 * What API Gateway's JWT authorizer of an HTTP API checks.
 *
 * @param issuer the issuer of the tokens, exactly
 * @param audiences one of them must be a token's
 * @param identitySource where the token is, such as {@code $request.header.Authorization}
 */
public record JwtRules(Text issuer, List<Text> audiences, String identitySource) {
  public JwtRules {
    audiences = List.copyOf(audiences);
  }

  /** A text that the program has, or a config. */
  public sealed interface Text {}

  /** A text that the program has. */
  public record Literal(String text) implements Text {}

  /** The value of a config. */
  public record OfConfig(String id) implements Text {}
}
