package dev.pinion.contract;

import dev.pinion.App;
import dev.pinion.Authorization;
import dev.pinion.AuthorizeHandler;
import dev.pinion.AuthorizeRequest;
import dev.pinion.Cloud;
import dev.pinion.TokenFrom;
import dev.pinion.WebSocket;
import java.util.List;

/** A WebSocket whose token can be in several places, and that has no handler for {@code $connect}. */
public final class AccessPlacesApp implements App {
  /** A ready-made authorizer: every token is its own principal. */
  private static final class AnyToken implements AuthorizeHandler {
    @Override
    public List<TokenFrom> identitySources() {
      return List.of(TokenFrom.query("token"), TokenFrom.header("Authorization"), TokenFrom.subprotocol("token"),
          TokenFrom.subprotocol("bearer"));
    }

    @Override
    public Authorization authorize(AuthorizeRequest request) {
      return identitySources().stream()
          .flatMap(place -> place.in(request).stream())
          .findFirst()
          .map(Authorization::allow)
          .orElseGet(Authorization::unauthorized);
    }
  }

  @Override
  public void define(Cloud cloud) {
    WebSocket ws = cloud.webSocket("places").create();
    ws.onAuthorize(new AnyToken());
    ws.onRequest("who", (c, body) -> c.authorizer().get("principalId"));
  }
}
