package dev.pinion;

import java.util.List;
import java.util.Optional;

/** A place in a handshake where a client's token can be. Immutable. */
public sealed interface TokenFrom {

  /** A parameter of the URL's query: {@code wss://…?token=…}. Browsers can set it; logs may show it. */
  static TokenFrom query(String name) {
    return new QueryParameter(name);
  }

  /**
   * A header, such as {@code Authorization}: its whole value, from which the prefix {@code Bearer} is removed. Browsers
   * cannot set headers of a WebSocket's handshake.
   */
  static TokenFrom header(String name) {
    return new Header(name);
  }

  /**
   * A subprotocol, which browsers can set: {@code new WebSocket(url, [name, token])}. The token is the one after this
   * name. The answer to the handshake selects the name, unless the handler of {@code $connect} accepts another
   * subprotocol that the client offers.
   */
  static TokenFrom subprotocol(String name) {
    return new Subprotocol(name);
  }

  /** Returns the token of a handshake; empty if it is not in this place. */
  Optional<String> in(AuthorizeRequest request);

  /** API Gateway's identity source for this place; empty if it has none. */
  Optional<String> identitySource();

  /** See {@link #query}. */
  record QueryParameter(String name) implements TokenFrom {
    @Override
    public Optional<String> in(AuthorizeRequest request) {
      return request.query(name).filter(token -> !token.isBlank());
    }

    @Override
    public Optional<String> identitySource() {
      return Optional.of("route.request.querystring." + name);
    }
  }

  /** See {@link #header}. */
  record Header(String name) implements TokenFrom {
    private static final String BEARER = "Bearer";

    @Override
    public Optional<String> in(AuthorizeRequest request) {
      return request.header(name).map(value -> token(value.strip())).filter(token -> !token.isEmpty());
    }

    private static String token(String value) {
      if (!value.regionMatches(true, 0, BEARER, 0, BEARER.length())) return value;
      String rest = value.substring(BEARER.length());
      return rest.isEmpty() || Character.isWhitespace(rest.charAt(0)) ? rest.strip() : value;
    }

    @Override
    public Optional<String> identitySource() {
      return Optional.of("route.request.header." + name);
    }
  }

  /** See {@link #subprotocol}. */
  record Subprotocol(String name) implements TokenFrom {
    @Override
    public Optional<String> in(AuthorizeRequest request) {
      List<String> offered = request.subprotocols();
      int at = offered.indexOf(name);
      return at < 0 || at + 1 >= offered.size() ? Optional.empty() : Optional.of(offered.get(at + 1));
    }

    @Override
    public Optional<String> identitySource() {
      return Optional.empty();
    }
  }
}
