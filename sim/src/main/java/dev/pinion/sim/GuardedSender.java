package dev.pinion.sim;

import dev.pinion.Broadcast;
import dev.pinion.ConnectionInfo;
import dev.pinion.ForbiddenException;
import dev.pinion.ServiceException;
import dev.pinion.spi.ConnectionOperation;
import dev.pinion.spi.Sender;
import dev.pinion.spi.WebSocketModel;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A WebSocket whose {@code @connections} calls are checked against roles before they are executed. Any thread. */
final class GuardedSender implements Sender {
  private final Sender sender;
  private final PermissionGuard guard;
  private final int post;
  private final int delete;
  private final int get;

  GuardedSender(Sender sender, WebSocketModel webSocket, PermissionGuard guard) {
    this.sender = sender;
    this.guard = guard;
    this.post = guard.operations().connections(webSocket, ConnectionOperation.POST);
    this.delete = guard.operations().connections(webSocket, ConnectionOperation.DELETE);
    this.get = guard.operations().connections(webSocket, ConnectionOperation.GET);
  }

  @Override
  public boolean postToConnection(String connectionId, String data) {
    guard.check(post);
    return sender.postToConnection(connectionId, data);
  }

  @Override
  public boolean deleteConnection(String connectionId) {
    guard.check(delete);
    return sender.deleteConnection(connectionId);
  }

  @Override
  public Optional<ConnectionInfo> getConnection(String connectionId) {
    guard.check(get);
    return sender.getConnection(connectionId);
  }

  /** Broadcasts; a refusal is the result of each connection, as on AWS, where each is a request. */
  @Override
  public Broadcast broadcast(Iterator<String> connectionIds, String data) {
    Optional<ForbiddenException> refusal = connectionIds.hasNext() ? guard.refusal(post) : Optional.empty();
    if (refusal.isEmpty()) return sender.broadcast(connectionIds, data);
    Map<String, ServiceException> failed = new LinkedHashMap<>();
    connectionIds.forEachRemaining(id -> failed.put(id, refusal.get()));
    return new Broadcast(0, List.of(), failed);
  }

  @Override
  public String url() {
    return sender.url();
  }
}
