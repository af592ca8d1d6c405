package dev.pinion.awsclient;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Credentials from a local HTTP endpoint, which Lambda has under SnapStart: those in a snapshot's variables would be
 * too old. They are asked for again some minutes before they expire; when that fails, the old ones serve until they
 * do.
 *
 * @see <a href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html">AWS SDKs: container
 *     credential provider</a>
 */
final class ContainerCredentials implements CredentialsSource {
  static final String FULL_URI = "AWS_CONTAINER_CREDENTIALS_FULL_URI";

  private static final String TOKEN = "AWS_CONTAINER_AUTHORIZATION_TOKEN";
  private static final String TOKEN_FILE = "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE";
  private static final Duration EARLY = Duration.ofMinutes(5);
  /** While the old ones serve, nobody waits longer for new ones, nor asks again sooner after that has failed. */
  private static final Duration EARLY_WAIT = Duration.ofSeconds(1);
  private static final Duration PAUSE = Duration.ofSeconds(30);
  /** The addresses of ECS and EKS; others must be loopback addresses or be reached over TLS. */
  private static final Set<String> HOSTS = Set.of("169.254.170.2", "169.254.170.23", "[fd00:ec2::23]", "localhost");

  private final Map<String, String> variables;
  private final Transport transport;
  private final InstantSource clock;
  private @Nullable Known known;
  private Instant pausedUntil = Instant.MIN;

  /** Credentials, and when they expire, if ever. */
  private record Known(Credentials credentials, Instant expires) {}

  ContainerCredentials(Map<String, String> variables, Transport transport, InstantSource clock) {
    this.variables = variables;
    this.transport = transport;
    this.clock = clock;
  }

  @Override
  public synchronized Credentials get(long deadline) throws IOException {
    Known have = known;
    Instant now = clock.instant();
    if (have != null && now.isBefore(have.expires.minus(EARLY))) {
      return have.credentials;
    }
    if (have == null || !now.isBefore(have.expires)) {
      return renewed(deadline);
    }
    if (now.isBefore(pausedUntil)) {
      return have.credentials;
    }
    try {
      long early = System.nanoTime() + EARLY_WAIT.toNanos();
      return renewed(early - deadline < 0 ? early : deadline);
    } catch (IOException e) {
      pausedUntil = now.plus(PAUSE);
      return have.credentials;
    }
  }

  private Credentials renewed(long deadline) throws IOException {
    Known next = read(deadline);
    known = next;
    return next.credentials;
  }

  @Override
  public synchronized void expired() {
    known = null;
  }

  private Known read(long deadline) throws IOException {
    URI uri = uri(variables.getOrDefault(FULL_URI, ""));
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Accept", "application/json");
    token().ifPresent(token -> headers.put("Authorization", token));
    AwsReply reply = transport.send(new AwsCall("GET", uri, headers, new byte[0]), deadline);
    if (reply.status() != 200) {
      throw new IOException("no credentials: " + uri.getHost() + " answered with status " + reply.status());
    }
    Map<String, String> members = Json.texts(reply.text());
    String id = members.getOrDefault("AccessKeyId", "");
    String secret = members.getOrDefault("SecretAccessKey", "");
    if (id.isEmpty() || secret.isEmpty()) {
      throw new IOException("no credentials: the answer of " + uri.getHost() + " has none");
    }
    return new Known(
        new Credentials(id, secret, Optional.ofNullable(members.get("Token"))), expires(members.get("Expiration")));
  }

  private static Instant expires(@Nullable String text) throws IOException {
    try {
      return text == null ? Instant.MAX : Instant.parse(text);
    } catch (DateTimeException e) {
      throw new IOException("no credentials: their time of expiry is '" + text + "'", e);
    }
  }

  private static URI uri(String text) throws IOException {
    try {
      URI uri = URI.create(text);
      String host = String.valueOf(uri.getHost());
      boolean near = HOSTS.contains(host) || host.matches("127(\\.\\d{1,3}){3}") || host.equals("[::1]");
      if ("https".equals(uri.getScheme()) || ("http".equals(uri.getScheme()) && near)) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      throw new IOException("no credentials: " + FULL_URI + " is not a URI", e);
    }
    throw new IOException("no credentials: " + FULL_URI + " leads to another machine without TLS");
  }

  private Optional<String> token() throws IOException {
    String file = variables.getOrDefault(TOKEN_FILE, "");
    String token = file.isEmpty() ? variables.getOrDefault(TOKEN, "") : Files.readString(Path.of(file)).strip();
    if (token.indexOf('\r') >= 0 || token.indexOf('\n') >= 0) {
      throw new IOException("no credentials: the authorization token has more than one line");
    }
    return token.isEmpty() ? Optional.empty() : Optional.of(token);
  }
}
