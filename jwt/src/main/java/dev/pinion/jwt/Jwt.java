package dev.pinion.jwt;

import dev.pinion.Authorization;
import dev.pinion.AuthorizeHandler;
import dev.pinion.AuthorizeRequest;
import dev.pinion.Config;
import dev.pinion.HttpAuthorizer;
import dev.pinion.HttpCall;
import dev.pinion.PerInstance;
import dev.pinion.Task;
import dev.pinion.TokenFrom;
import dev.pinion.spi.ApiGatewayQuotas;
import dev.pinion.spi.JwtRules;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An authorizer for JWTs of an OpenID Connect issuer, such as Amazon Cognito, Auth0 or Keycloak: {@code
 * ws.onAuthorize(Jwt.issuer(url).audience("chat").token(TokenFrom.query("token")))}. Immutable: each method returns a
 * changed copy. Any thread.
 *
 * <p>A token lets in if one of the issuer's keys has signed it with RSA or an elliptic curve, and its {@code iss}, its
 * audience, {@code exp}, {@code nbf} and {@code iat} fit. {@code none} and HMAC are never accepted. The connection's
 * {@code principalId} is the token's {@code sub}, and its claims are in {@link dev.pinion.Connection#authorizer}. Any
 * other client gets 401, and the log says why, without the token. If the issuer's keys cannot be had, clients get 500.
 *
 * <p>For an HTTP API, {@code http.onAuthorize(Jwt...)} makes API Gateway's own JWT authorizer. It takes RSA only, and a
 * token in one header or query parameter.
 *
 * <p>Keys are found by the issuer's {@code /.well-known/openid-configuration}, and kept for an hour. For a token with
 * the name of an unknown key they are read again, at most once in 30 seconds. All times are those of the requests.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8725">RFC 8725: JSON Web Token Best Current Practices</a>
 */
public final class Jwt implements AuthorizeHandler, HttpAuthorizer {
  private static final Duration FETCH = Duration.ofSeconds(5);
  private static final Duration LARGEST_SKEW = Duration.ofMinutes(5);
  /** After that a connection is open, or refused: API Gateway waits for the function of $connect no longer. */
  private static final Duration SOONEST = ApiGatewayQuotas.INTEGRATION_TIMEOUT.plusSeconds(1);
  /** What API Gateway's own authorizer takes. */
  private static final Set<String> RSA = Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512");

  private final Setting issuer;
  private final List<Setting> audiences;
  private final List<TokenFrom> places;
  private final Options options;
  private final Optional<Task<String>> closing;
  @PerInstance private final Lock making = new ReentrantLock();
  /** Made by the first request, so that define, which all functions run, does not load the library. */
  @PerInstance private @Nullable TokenVerifier verifier;

  /** What has a default. */
  private record Options(Set<String> algorithms, Duration skew, Set<String> claims) {
    static final Options DEFAULT = new Options(
        Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"),
        Duration.ofMinutes(1), Set.of());
  }

  private Jwt(
      Setting issuer, List<Setting> audiences, List<TokenFrom> places, Options options,
      Optional<Task<String>> closing) {
    this.issuer = issuer;
    this.audiences = audiences;
    this.places = places;
    this.options = options;
    this.closing = closing;
  }

  /**
   * Returns an authorizer for tokens of an issuer. It still needs an {@link #audience}.
   *
   * @param url the issuer, exactly as its tokens name it in {@code iss}: https, or http on this machine
   * @throws IllegalArgumentException if it is not such a URL
   */
  public static Jwt issuer(String url) {
    IssuerUrl.configuration(url);
    return of(new Setting.Literal(url));
  }

  /** Returns an authorizer for tokens of an issuer whose URL is a config, as {@link #issuer(String)} does. */
  public static Jwt issuer(Config url) {
    return of(new Setting.Given(url));
  }

  private static Jwt of(Setting issuer) {
    return new Jwt(issuer, List.of(), List.of(TokenFrom.header("Authorization")), Options.DEFAULT, Optional.empty());
  }

  /**
   * Adds audiences, one of which a token must have: in its {@code aud}, or as its {@code client_id} if it has no {@code
   * aud}, like the access tokens of Amazon Cognito.
   */
  public Jwt audience(String... names) {
    return withAudiences(Stream.of(names).<Setting>map(Setting.Literal::new).toList());
  }

  /** Adds an audience that is a config, as {@link #audience(String...)} does. */
  public Jwt audience(Config name) {
    return withAudiences(List.of(new Setting.Given(name)));
  }

  private Jwt withAudiences(List<Setting> more) {
    List<Setting> all = new ArrayList<>(audiences);
    all.addAll(more);
    return new Jwt(issuer, List.copyOf(all), places, options, closing);
  }

  /** Sets where the token is; the first of several places that has one counts (default: {@code Authorization}). */
  public Jwt token(TokenFrom first, TokenFrom... others) {
    List<TokenFrom> all = Stream.concat(Stream.of(first), Stream.of(others)).toList();
    return new Jwt(issuer, audiences, all, options, closing);
  }

  /**
   * Sets the algorithms that tokens may be signed with (default: all of the following).
   *
   * @param names such as {@code ES256}: RS, PS or ES, with 256, 384 or 512
   * @throws IllegalArgumentException for another algorithm, such as {@code none} or {@code HS256}
   */
  public Jwt algorithms(String... names) {
    Set<String> all = new HashSet<>(List.of(names));
    if (all.isEmpty() || !Options.DEFAULT.algorithms.containsAll(all)) {
      throw new IllegalArgumentException(
          "the algorithms are " + List.of(names) + ": use RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384 or"
              + " ES512");
    }
    return new Jwt(issuer, audiences, places, new Options(all, options.skew, options.claims), closing);
  }

  /**
   * Sets by how much the issuer's clock may differ (default: a minute).
   *
   * @throws IllegalArgumentException if it is negative or more than five minutes
   */
  public Jwt skew(Duration most) {
    if (most.isNegative() || most.compareTo(LARGEST_SKEW) > 0) {
      throw new IllegalArgumentException("the skew is " + most + ": use 0 to 5 minutes");
    }
    return new Jwt(issuer, audiences, places, new Options(options.algorithms, most, options.claims), closing);
  }

  /**
   * Sets the claims that are passed on (default: all). API Gateway refuses more than 8 KB of them, and the client gets
   * 500 then.
   */
  public Jwt claims(String... names) {
    return new Jwt(
        issuer, audiences, places, new Options(options.algorithms, options.skew, Set.of(names)), closing);
  }

  /**
   * Starts a task when the token of a connection expires, with the connection's id, whose handler can close it: {@code
   * closing.onStart(id -> ws.disconnect(id))}. It is started in time or up to a minute later, also if the client has
   * left, and no sooner than 30 seconds after the handshake, as a connection that is not open yet cannot be closed. It
   * is not started for a token that is valid for longer than API Gateway keeps a connection, which is two hours.
   */
  public Jwt closeOnExpiry(Task<String> task) {
    return new Jwt(issuer, audiences, places, options, Optional.of(task));
  }

  /** {@inheritDoc} These are the places of {@link #token}. */
  @Override
  public List<TokenFrom> identitySources() {
    if (audiences.isEmpty()) {
      throw new IllegalStateException(
          "the authorizer of JWTs has no audience: add .audience(\"...\"), or tokens for any other app would let in");
    }
    return places;
  }

  @Override
  public Authorization authorize(AuthorizeRequest request) {
    Optional<String> token = token(request);
    if (token.isEmpty()) return Authorization.unauthorized();
    try {
      TokenClaims claims = verifier().verify(token.get(), tokenRules(options.algorithms, false), request.time());
      Authorization allowed = Authorization.allow(claims.subject(), claims.context(options.claims));
      closeLater(claims.expiry(), request);
      return allowed;
    } catch (InvalidTokenException e) {
      log("unauthorized, request " + request.requestId(), e);
      return Authorization.unauthorized();
    }
  }

  /**
   * Returns the claims of a token that has not come with the handshake, such as in the first message of a client that
   * speaks a protocol like {@code graphql-transport-ws}: those that {@link dev.pinion.Connection#authorizer} has
   * otherwise. Called in handlers.
   *
   * @param now when it came
   * @return empty if it does not let in, and the log says why
   */
  public Optional<Map<String, String>> verify(String token, Instant now) {
    try {
      TokenClaims claims = verifier().verify(token, tokenRules(options.algorithms, false), now);
      var _ = claims.subject();
      Map<String, String> texts = new LinkedHashMap<>();
      claims.context(options.claims).forEach((name, value) -> texts.put(name, String.valueOf(value)));
      return Optional.of(texts);
    } catch (InvalidTokenException e) {
      log("not verified", e);
      return Optional.empty();
    }
  }

  /** Loads the library, and reads the issuer's keys, which are not kept. */
  @Override
  public void rehearse() {
    verifier().rehearse(issuer.value());
  }

  private static void log(String what, InvalidTokenException why) {
    System.err.println(what + ": the token is refused: " + why.why());
  }

  /** {@inheritDoc} */
  @Override
  public JwtRules rules() {
    identitySources();
    if (closing.isPresent()) throw new IllegalStateException("closeOnExpiry is for connections: leave it out");
    if (places.size() > 1) throw new IllegalStateException("it reads tokens in one place: name one in token(...)");
    if (Collections.disjoint(options.algorithms, RSA)) {
      throw new IllegalStateException("it accepts RSA only: leave algorithms(...) out");
    }
    String source = switch (places.getFirst()) {
      case TokenFrom.Header(String name) -> "$request.header." + name;
      case TokenFrom.QueryParameter(String name) -> "$request.querystring." + name;
      case TokenFrom.Subprotocol _ -> throw new IllegalStateException(
          "a request has no subprotocol: name a header or a query parameter in token(...)");
    };
    List<JwtRules.Text> names = new ArrayList<>();
    for (Setting each : audiences) names.add(each.rule());
    return new JwtRules(issuer.rule(), names, source);
  }

  /** {@inheritDoc} */
  @Override
  public Optional<Map<String, String>> claims(HttpCall request) {
    Optional<String> token = switch (places.getFirst()) {
      case TokenFrom.Header(String name) -> request.header(name).map(each -> each.replaceFirst("(?i)^bearer +", ""));
      case TokenFrom.QueryParameter(String name) -> request.query(name);
      case TokenFrom.Subprotocol _ -> Optional.empty();
    };
    if (token.isEmpty()) return Optional.empty();
    Set<String> algorithms = new HashSet<>(options.algorithms);
    algorithms.retainAll(RSA);
    try {
      return Optional.of(verifier().verify(token.get(), tokenRules(algorithms, true), request.time()).texts());
    } catch (InvalidTokenException e) {
      log("unauthorized, request " + request.requestId(), e);
      return Optional.empty();
    }
  }

  private TokenVerifier verifier() {
    making.lock();
    try {
      TokenVerifier made = verifier;
      if (made == null) {
        made = new TokenVerifier(new SigningKeys(new IssuerDocuments(FETCH)));
        verifier = made;
      }
      return made;
    } finally {
      making.unlock();
    }
  }

  private Optional<String> token(AuthorizeRequest request) {
    for (TokenFrom each : places) {
      Optional<String> found = each.in(request);
      if (found.isPresent()) return found;
    }
    return Optional.empty();
  }

  private TokenRules tokenRules(Set<String> algorithms, boolean apiGateways) {
    List<String> names = new ArrayList<>();
    for (Setting each : audiences) names.add(each.value());
    return new TokenRules(issuer.value(), names, algorithms, options.skew, apiGateways);
  }

  private void closeLater(Instant expiry, AuthorizeRequest request) {
    if (closing.isEmpty()) return;
    Duration left = Duration.between(request.time(), expiry);
    if (left.compareTo(ApiGatewayQuotas.CONNECTION_LIFETIME) >= 0) return;
    closing.get().startIn(left.compareTo(SOONEST) < 0 ? SOONEST : left, request.connectionId());
  }
}
