package app;

import dev.pinion.Cloud;
import dev.pinion.Secret;
import dev.pinion.Table;
import dev.pinion.Tickets;
import dev.pinion.TokenFrom;
import dev.pinion.jwt.Jwt;
import java.time.Duration;

import static dev.pinion.AttributeType.STRING;

/** Pieces of the guide to JWTs. */
final class JwtGuide {
  private JwtGuide() {}

  static Jwt cognito() {
    return Jwt.issuer("https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_AbCdEfGhI")
        .audience("1example23456789");
  }

  static Jwt auth0() {
    return Jwt.issuer("https://example.eu.auth0.com/").audience("https://chat.example.com");
  }

  static Jwt keycloak() {
    return Jwt.issuer("https://login.example.com/realms/chat").audience("chat");
  }

  static Jwt options(Jwt jwt) {
    return jwt.token(TokenFrom.query("token"))
        .algorithms("ES256")
        .skew(Duration.ofSeconds(10))
        .claims("sub", "email", "groups");
  }

  static Tickets tickets(Cloud cloud) {
    Secret key = cloud.secret("ticket-key");
    Table used = cloud.table("used-tickets").hashKey("id", STRING).timeToLive("expires").create();
    return Tickets.of(key, used).audience("pages").validFor(Duration.ofSeconds(30));
  }
}
