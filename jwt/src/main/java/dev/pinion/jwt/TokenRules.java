package dev.pinion.jwt;

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
 */
record TokenRules(String issuer, List<String> audiences, Set<String> algorithms, Duration skew) {
  TokenRules {
    audiences = List.copyOf(audiences);
    algorithms = Set.copyOf(algorithms);
  }

  void check(TokenClaims claims, Instant now) throws InvalidTokenException {
    if (!Optional.of(issuer).equals(claims.text("iss"))) throw new InvalidTokenException("it is of another issuer");
    if (claims.audiences().stream().noneMatch(audiences::contains)) {
      throw new InvalidTokenException("it is for another audience");
    }
    if (!now.isBefore(claims.expiry().plus(skew))) throw new InvalidTokenException("it has expired");
    notBefore(claims.time("nbf"), now);
    notBefore(claims.time("iat"), now);
  }

  private void notBefore(Optional<Instant> time, Instant now) throws InvalidTokenException {
    if (time.isPresent() && time.get().minus(skew).isAfter(now)) {
      throw new InvalidTokenException("it is not valid yet");
    }
  }
}
