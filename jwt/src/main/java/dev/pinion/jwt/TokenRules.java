package dev.pinion.jwt;

import com.nimbusds.jose.JWSHeader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a token must say.
 *
 * @param issuer its issuer, exactly
 * @param audiences one of them must be in its {@code aud}, or be its {@code client_id} if it has no {@code aud}
 * @param algorithms those that it may be signed with
 * @param skew by how much clocks may differ
 * @param apiGateways whether API Gateway's own authorizer checks it on AWS, which needs the name of the key and accepts
 *     nothing that has expired
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html">API Gateway:
 *     JWT authorizers of HTTP APIs</a>
 */
record TokenRules(
    String issuer, List<String> audiences, Set<String> algorithms, Duration skew, boolean apiGateways) {
  TokenRules {
    audiences = List.copyOf(audiences);
    algorithms = Set.copyOf(algorithms);
  }

  /** Checks what the header of a token must say before its signature is verified. */
  void check(JWSHeader header) throws InvalidTokenException {
    if (!algorithms.contains(header.getAlgorithm().getName())) {
      throw new InvalidTokenException("its algorithm is not one of those that are accepted");
    }
    if (apiGateways && header.getKeyID() == null) {
      throw new InvalidTokenException("its header has no kid, which API Gateway needs");
    }
  }

  /** Checks the claims of a token whose signature is verified. */
  void check(TokenClaims claims, Instant now) throws InvalidTokenException {
    if (!Optional.of(issuer).equals(claims.text("iss"))) throw new InvalidTokenException("it is of another issuer");
    if (claims.audiences().stream().noneMatch(audiences::contains)) {
      throw new InvalidTokenException("it is for another audience");
    }
    Instant end = apiGateways ? claims.expiry() : claims.expiry().plus(skew);
    if (!now.isBefore(end)) throw new InvalidTokenException("it has expired");
    notBefore(claims.time("nbf"), now);
    notBefore(claims.time("iat"), now);
  }

  private void notBefore(Optional<Instant> time, Instant now) throws InvalidTokenException {
    if (time.isPresent() && time.get().minus(skew).isAfter(now)) {
      throw new InvalidTokenException("it is not valid yet");
    }
  }
}
