package dev.pinion.gateway;

import dev.pinion.AuthorizeRequest;
import dev.pinion.TokenFrom;
import dev.pinion.engine.HttpRequest;
import dev.pinion.engine.RefusedException;
import dev.pinion.spi.AuthorizerModel;
import dev.pinion.spi.Event;
import java.util.Optional;

/** What API Gateway itself checks of who a client is, before it calls a function. */
final class IdentityCheck {
  private IdentityCheck() {}

  /**
   * Checks the identity source of the authorizer, or the signature where IAM authorizes.
   *
   * @throws RefusedException with 401 if the identity source is missing or empty, with 403 if the signature is wrong
   */
  static void check(HttpRequest request, Event.Connect event, Settings settings) throws RefusedException {
    Deployment present = settings.deployment();
    Optional<AuthorizerModel> authorizer = present.access().authorizer();
    if (authorizer.isPresent() && authorizer.get().identitySource().isPresent()) {
      mustHave(authorizer.get().tokens().getFirst(), new AuthorizeRequest(event));
    }
    if (present.access().iam() && settings.signatures().isPresent()) {
      settings.signatures().get().check(request, settings.clock().instant());
    }
  }

  private static void mustHave(TokenFrom source, AuthorizeRequest request) throws RefusedException {
    Optional<String> missing = switch (source) {
      case TokenFrom.Header(String name) when isEmpty(request.header(name)) -> Optional.of("the header " + name);
      case TokenFrom.QueryParameter(String name) when isEmpty(request.query(name)) ->
          Optional.of("the query parameter " + name);
      case TokenFrom.Header _, TokenFrom.QueryParameter _, TokenFrom.Subprotocol _ -> Optional.empty();
    };
    if (missing.isPresent()) throw new RefusedException(401, "without " + missing.get() + ", the identity source");
  }

  private static boolean isEmpty(Optional<String> value) {
    return value.orElse("").isEmpty();
  }
}
