package dev.pinion.spi;

import dev.pinion.AuthorizeHandler;
import dev.pinion.TokenFrom;
import java.util.List;
import java.util.Optional;

/**
 * The Lambda REQUEST authorizer of a WebSocket API's {@code $connect}, with its handler.
 *
 * @param path its identity: the API's id, a slash and {@code $authorize}
 * @param handler the user's handler, or a ready-made one
 * @param tokens where the client's token can be, as the handler says; empty if it does not say
 * @param options the function's settings
 * @param location where it is declared
 */
public record AuthorizerModel(
    String path, AuthorizeHandler handler, List<TokenFrom> tokens, FunctionModel options, SourceLocation location)
    implements HandlerModel {
  public AuthorizerModel {
    tokens = List.copyOf(tokens);
  }

  /**
   * API Gateway's identity source, which a handshake must have. API Gateway requires all that are set, so there is none
   * if the token can be in several places.
   */
  public Optional<String> identitySource() {
    return tokens.size() == 1 ? tokens.getFirst().identitySource() : Optional.empty();
  }

  /** The subprotocols that go before a token; the answer to the handshake selects one that the client offers. */
  public List<String> subprotocols() {
    return tokens.stream()
        .filter(TokenFrom.Subprotocol.class::isInstance)
        .map(each -> ((TokenFrom.Subprotocol) each).name())
        .toList();
  }
}
