package dev.pinion.lambda;

import dev.pinion.BadRequestException;
import dev.pinion.Broadcast;
import dev.pinion.ConnectionInfo;
import dev.pinion.PayloadTooLargeException;
import dev.pinion.spi.Sender;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiClient;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.GoneException;

/** The management API of one deployed WebSocket API. Any thread. */
final class ManagementSender implements Sender {
  private static final int MOST_BYTES = 131_072;

  private final ApiGatewayManagementApiClient client;
  private final String url;
  private final Retries retries;

  ManagementSender(ApiGatewayManagementApiClient client, String url, Retries retries) {
    this.client = client;
    this.url = url;
    this.retries = retries;
  }

  @Override
  public boolean postToConnection(String connectionId, String data) {
    SdkBytes payload = payload(data);
    return reach(connectionId, () -> retries.call(() -> post(connectionId, payload))).isPresent();
  }

  private Object post(String connectionId, SdkBytes payload) {
    return client.postToConnection(request -> request.connectionId(connectionId).data(payload));
  }

  /** Posts without a retry; false when the connection is gone. */
  private boolean once(String connectionId, SdkBytes payload) {
    if (connectionId.isEmpty()) {
      throw invalid(connectionId);
    }
    try {
      var _ = post(connectionId, payload);
      return true;
    } catch (GoneException _) {
      return false;
    }
  }

  private static BadRequestException invalid(String connectionId) {
    return new BadRequestException("Invalid connectionId: " + connectionId);
  }

  private static SdkBytes payload(String data) {
    SdkBytes payload = SdkBytes.fromUtf8String(data);
    int bytes = payload.asByteArrayUnsafe().length;
    if (bytes > MOST_BYTES) {
      throw new PayloadTooLargeException("Payload of " + bytes + " bytes, over " + MOST_BYTES);
    }
    return payload;
  }

  @Override
  public boolean deleteConnection(String connectionId) {
    return reach(
        connectionId, () -> retries.call(() -> client.deleteConnection(request -> request.connectionId(connectionId))))
        .isPresent();
  }

  @Override
  public Optional<ConnectionInfo> getConnection(String connectionId) {
    return reach(
        connectionId, () -> retries.call(() -> client.getConnection(request -> request.connectionId(connectionId))))
        .map(
            found -> new ConnectionInfo(
                found.connectedAt(),
                found.identity().sourceIp(),
                Optional.ofNullable(found.identity().userAgent()),
                found.lastActiveAt()));
  }

  /** Makes a call; empty when the connection is gone. */
  private static <T> Optional<T> reach(String connectionId, Supplier<T> call) {
    if (connectionId.isEmpty()) {
      throw invalid(connectionId); // the SDK makes no request without one
    }
    try {
      return Optional.of(call.get());
    } catch (GoneException _) {
      return Optional.empty();
    } catch (SdkException e) {
      throw Refusals.management(e);
    }
  }

  @Override
  public Broadcast broadcast(Iterator<String> connectionIds, String data) {
    SdkBytes payload = payload(data);
    return new Broadcasting(retries, id -> once(id, payload)).send(connectionIds);
  }

  @Override
  public String url() {
    return url;
  }
}
