package dev.pinion.gateway;

import dev.pinion.engine.CloseStatus;
import dev.pinion.spi.ApiGatewayQuotas;
import java.time.Duration;

/**
 * How strictly a gateway behaves: every limit, and every behaviour of API Gateway that nothing settles, by name.
 *
 * <p>Immutable: each method returns a changed copy. {@code docs/gateway.md} says of each setting how certain it is.
 *
 * <p>Source: API Gateway developer guide, "WebSocket quotas".
 */
public final class Profile implements Cloneable {

  /** What API Gateway does. */
  public static final Profile AWS = new Profile();

  /** API Gateway without its narrowest limits: binary messages, and 16 MiB for a frame, a message and a post. */
  public static final Profile RELAXED =
      AWS.binaryMessages(true).frameBytes(1 << 24).messageBytes(1 << 24).postBytes(1 << 24).bufferBytes(1 << 26);

  boolean binaryMessages = false;
  int frameBytes = 32 * 1024;
  int messageBytes = 128 * 1024;
  int postBytes = 128 * 1024;
  int bufferBytes = 512 * 1024;
  int bufferHeapPercent = 25;
  int inputHeapPercent = 25;
  int messagesInFlight = 128;
  int connectionRate = 500;
  int connectionBurst = 500;
  int requestRate = 10_000;
  int requestBurst = 5_000;
  int pendingRequests = 4096;
  long pendingBytes = 64 << 20;
  int connectTimeoutStatus = 504;
  boolean pingsKeepAlive = false;
  Duration idleTimeout = Duration.ofMinutes(10);
  Duration lifetime = ApiGatewayQuotas.CONNECTION_LIFETIME;
  Duration integrationTimeout = ApiGatewayQuotas.INTEGRATION_TIMEOUT;
  Duration requestTimeout = Duration.ofSeconds(10);
  CloseStatus invalidText = CloseStatus.of(1007);
  CloseStatus lifetimeOver = CloseStatuses.GOING_AWAY;
  CloseStatus abruptLoss = CloseStatus.of(1006);

  private Profile() {}

  /** Whether clients may send binary messages; the handler gets them in Base64. Otherwise they are closed with 1003. */
  public Profile binaryMessages(boolean allowed) {
    Profile changed = copy();
    changed.binaryMessages = allowed;
    return changed;
  }

  /** The most bytes of a client's frame; past it the connection is closed with 1009. */
  public Profile frameBytes(int most) {
    Profile changed = copy();
    changed.frameBytes = positive(most);
    return changed;
  }

  /** The most bytes of a client's message; past it the connection is closed with 1009. */
  public Profile messageBytes(int most) {
    Profile changed = copy();
    changed.messageBytes = positive(most);
    return changed;
  }

  /** The most bytes that may be posted to a connection; past it 413. */
  public Profile postBytes(int most) {
    Profile changed = copy();
    changed.postBytes = positive(most);
    return changed;
  }

  /** The most memory for what waits for a slow client, which is its bytes and 48 for each frame; past it 429. */
  public Profile bufferBytes(int most) {
    Profile changed = copy();
    changed.bufferBytes = positive(most);
    return changed;
  }

  /**
   * The most memory for what waits for all slow clients together, in percent of the JVM's largest heap. Past it the
   * connections are closed whose clients have been behind for longest.
   */
  public Profile bufferHeapPercent(int most) {
    Profile changed = copy();
    changed.bufferHeapPercent = positive(most);
    return changed;
  }

  /**
   * The most memory for what all clients together have sent and no handler has begun with, in percent of the JVM's
   * largest heap. Past half of it, a client's next message is read when its last one has been handled; past all of it,
   * the connections are closed with 1013 that keep most.
   */
  public Profile inputHeapPercent(int most) {
    Profile changed = copy();
    changed.inputHeapPercent = positive(most);
    return changed;
  }

  /**
   * How many messages of one connection may be waiting or handled at once; past it nothing more is read from the
   * client, control frames included, until handlers have finished.
   */
  public Profile messagesInFlight(int most) {
    Profile changed = copy();
    changed.messagesInFlight = positive(most);
    return changed;
  }

  /** New connections per second, refilled continuously; past it and the burst 429. */
  public Profile connectionRate(int perSecond) {
    Profile changed = copy();
    changed.connectionRate = positive(perSecond);
    return changed;
  }

  /** New connections at once. */
  public Profile connectionBurst(int most) {
    Profile changed = copy();
    changed.connectionBurst = positive(most);
    return changed;
  }

  /** Requests to an HTTP API per second, refilled continuously by the machine's clock; past it and the burst 429. */
  public Profile requestRate(int perSecond) {
    Profile changed = copy();
    changed.requestRate = positive(perSecond);
    return changed;
  }

  /** Requests to an HTTP API at once. */
  public Profile requestBurst(int most) {
    Profile changed = copy();
    changed.requestBurst = positive(most);
    return changed;
  }

  /** How many sockets may be without a whole request; past it the one that has waited longest is closed. */
  public Profile pendingRequests(int most) {
    Profile changed = copy();
    changed.pendingRequests = positive(most);
    return changed;
  }

  /** The most bytes of all requests that are not yet whole, together; past it as {@link #pendingRequests}. */
  public Profile pendingBytes(long most) {
    Profile changed = copy();
    changed.pendingBytes = positive(most);
    return changed;
  }

  /** The handshake's status when the {@code $connect} handler exceeds the integration timeout. */
  public Profile connectTimeoutStatus(int status) {
    Profile changed = copy();
    changed.connectTimeoutStatus = status;
    return changed;
  }

  /** Whether a client's ping or pong counts as activity for the idle timeout. */
  public Profile pingsKeepAlive(boolean counted) {
    Profile changed = copy();
    changed.pingsKeepAlive = counted;
    return changed;
  }

  /** How long a connection may be without a message in either direction; then it is closed with 1001. */
  public Profile idleTimeout(Duration time) {
    Profile changed = copy();
    changed.idleTimeout = time;
    return changed;
  }

  /** How long a connection may live; then it is closed with {@link #lifetimeOver}. */
  public Profile lifetime(Duration time) {
    Profile changed = copy();
    changed.lifetime = time;
    return changed;
  }

  /** How long a handler may take; then it is interrupted and its result dropped. */
  public Profile integrationTimeout(Duration time) {
    Profile changed = copy();
    changed.integrationTimeout = time;
    return changed;
  }

  /** How long a handler may take. */
  public Duration integrationTimeout() {
    return integrationTimeout;
  }

  /**
   * How long a client may take for a request, and six times as long between two requests; then its socket is
   * closed.
   */
  public Profile requestTimeout(Duration time) {
    Profile changed = copy();
    changed.requestTimeout = time;
    return changed;
  }

  /** How a connection is closed whose text is not UTF-8. */
  public Profile invalidText(CloseStatus status) {
    Profile changed = copy();
    changed.invalidText = status;
    return changed;
  }

  /** How a connection is closed at the end of its {@link #lifetime}. */
  public Profile lifetimeOver(CloseStatus status) {
    Profile changed = copy();
    changed.lifetimeOver = status;
    return changed;
  }

  /** What {@code $disconnect} is told when the socket ended without a close frame. */
  public Profile abruptLoss(CloseStatus status) {
    Profile changed = copy();
    changed.abruptLoss = status;
    return changed;
  }

  private Profile copy() {
    try {
      return (Profile) clone();
    } catch (CloneNotSupportedException e) {
      throw new AssertionError(e);
    }
  }

  private static int positive(int number) {
    return (int) positive((long) number);
  }

  private static long positive(long number) {
    if (number <= 0) {
      throw new IllegalArgumentException("A limit must be positive, but is " + number);
    }
    return number;
  }
}
