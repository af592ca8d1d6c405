package dev.pinion.lambda;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.pinion.BadRequestException;
import dev.pinion.Broadcast;
import dev.pinion.ConnectionInfo;
import dev.pinion.PayloadTooLargeException;
import dev.pinion.ServiceException;
import dev.pinion.ServiceUnavailableException;
import dev.pinion.awsclient.AwsClient;
import dev.pinion.awsclient.AwsErrorException;
import dev.pinion.awsclient.AwsException;
import dev.pinion.spi.Sender;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Consumer;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The management API of one deployed WebSocket API. A call that API Gateway throttles (429) is made up to 10 times,
 * which takes about 5 s, if the invocation has enough time left. Any thread.
 */
final class ManagementSender implements Sender {
  /** The maximum number of attempts for a throttled call. */
  static final int THROTTLED = 10;

  private static final int MOST_BYTES = 131_072;
  private static final int GONE = 410;
  private static final byte[] NOTHING = {};

  private final AwsClient client;
  private final URI callback;
  private final String url;
  private final Pause pause;
  private final Consumer<String> log;

  /**
   * Creates a sender.
   *
   * @param log receives a line for those sends of a broadcast that fail alike
   */
  ManagementSender(AwsClient client, String callback, String url, Pause pause, Consumer<String> log) {
    this.client = client;
    this.callback = URI.create(callback);
    this.url = url;
    this.pause = pause;
    this.log = log;
  }

  @Override
  public boolean postToConnection(String connectionId, String data) {
    return paced("POST", connectionId, payload(data)).isPresent();
  }

  @Override
  public boolean deleteConnection(String connectionId) {
    return paced("DELETE", connectionId, NOTHING).isPresent();
  }

  @Override
  public Optional<ConnectionInfo> getConnection(String connectionId) {
    return paced("GET", connectionId, NOTHING).map(body -> info(new String(body, UTF_8)));
  }

  private static byte[] payload(String data) {
    byte[] payload = data.getBytes(UTF_8);
    if (payload.length > MOST_BYTES) {
      throw new PayloadTooLargeException("Payload of " + payload.length + " bytes, over " + MOST_BYTES);
    }
    return payload;
  }

  /** Repeats a call until it is not throttled; empty if the connection is gone. */
  private Optional<byte[]> paced(String method, String connectionId, byte[] body) {
    for (int attempt = 1;; attempt++) {
      try {
        return once(method, connectionId, body);
      } catch (AwsException e) {
        if (!e.isThrottling() || attempt >= THROTTLED || !pause.after(attempt)) {
          throw Refusals.management(e);
        }
      }
    }
  }

  /** Makes a call once, even if it is throttled; empty if the connection is gone. */
  private Optional<byte[]> once(String method, String connectionId, byte[] body) {
    if (connectionId.isEmpty()) {
      throw new BadRequestException("Invalid connectionId: "); // its path would be that of all connections
    }
    try {
      return Optional.of(client.connections(method, callback, connectionId, body));
    } catch (AwsErrorException e) {
      if (e.statusCode() == GONE) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** Reads the details of a connection. Values that the answer does not contain are unknown. */
  private static ConnectionInfo info(String body) {
    try {
      JsonObject all = JsonParser.parseString(body).getAsJsonObject();
      JsonObject identity = all.has("identity") ? all.getAsJsonObject("identity") : new JsonObject();
      Instant connectedAt = Instant.parse(all.get("connectedAt").getAsString());
      return new ConnectionInfo(
          connectedAt,
          identity.has("sourceIp") ? identity.get("sourceIp").getAsString() : "",
          identity.has("userAgent") ? Optional.of(identity.get("userAgent").getAsString()) : Optional.empty(),
          all.has("lastActiveAt") ? Instant.parse(all.get("lastActiveAt").getAsString()) : connectedAt);
    } catch (JsonParseException | IllegalStateException | DateTimeException | NullPointerException e) {
      ServiceException unreadable =
          new ServiceUnavailableException("the management API's answer about a connection cannot be read: " + body);
      unreadable.initCause(e);
      throw unreadable;
    }
  }

  @Override
  public Broadcast broadcast(Iterator<String> connectionIds, String data) {
    byte[] payload = payload(data);
    return new Broadcasting(pause, id -> once("POST", id, payload).isPresent(), log).send(connectionIds);
  }

  @Override
  public String url() {
    return url;
  }
}
