package dev.pinion.sim;

import dev.pinion.Broadcast;
import dev.pinion.ConnectionInfo;
import dev.pinion.LimitExceededException;
import dev.pinion.ServiceException;
import dev.pinion.gateway.Gateway;
import dev.pinion.spi.Sender;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A WebSocket whose sends meet faults. Any thread. */
final class FaultySender implements Sender {
  /** What waits for a client that does not read. */
  private static final int BUFFER = 512 * 1024;

  private final Sender sender;
  private final Gateway gateway;
  private final Faults faults;

  FaultySender(Sender sender, Gateway gateway, Faults faults) {
    this.sender = sender;
    this.gateway = gateway;
    this.faults = faults;
  }

  @Override
  public boolean postToConnection(String connectionId, String data) {
    if (!faults.used()) return sender.postToConnection(connectionId, data);
    KilledHandler.operation();
    Optional<Boolean> answer = answer(connectionId, data);
    if (answer.isPresent()) return answer.get();
    boolean sent = sender.postToConnection(connectionId, data);
    if (sent) after(connectionId);
    return sent;
  }

  /** The answer of a fault, before the message is sent; empty without one. */
  private Optional<Boolean> answer(String id, String data) {
    if (sender.getConnection(id).isEmpty()) return Optional.empty();
    if (faults.strike(Fault.Kind.POST_410, id, Optional.empty())) {
      gateway.lose(id);
      return Optional.of(false);
    }
    if (faults.strike(Fault.Kind.POST_429, id, Optional.empty())) throw new LimitExceededException("Rate exceeded");
    FaultyConnection connection = faults.of(id);
    if (faults.strike(Fault.Kind.STALL, id, Optional.empty())) connection.stall();
    OptionalInt unread = connection.unread(data.getBytes(UTF_8).length);
    if (unread.isEmpty()) return Optional.empty();
    if (unread.getAsInt() > BUFFER) throw new LimitExceededException("The client is slow and its buffer full");
    return Optional.of(true);
  }

  private void after(String id) {
    if (faults.strike(Fault.Kind.RESET, id, Optional.empty())) gateway.lose(id);
  }

  /** Sends to each connection by itself, so that each may meet its own fault. */
  @Override
  public Broadcast broadcast(Iterator<String> connectionIds, String data) {
    if (!faults.used()) return sender.broadcast(connectionIds, data);
    int sent = 0;
    List<String> gone = new ArrayList<>();
    Map<String, ServiceException> failed = new LinkedHashMap<>();
    while (connectionIds.hasNext()) {
      String id = connectionIds.next();
      Optional<Boolean> answer = Optional.empty();
      try {
        KilledHandler.operation();
        if (id != null) answer = answer(id, data);
      } catch (ServiceException refused) {
        failed.put(id, refused);
        continue;
      }
      Broadcast one = answer.isPresent() ? one(id, answer.get())
          : sender.broadcast(Collections.singleton(id).iterator(), data);
      if (answer.isEmpty() && one.sent() > 0) after(id);
      sent += one.sent();
      gone.addAll(one.gone());
      failed.putAll(one.failed());
    }
    return new Broadcast(sent, gone, failed);
  }

  private static Broadcast one(String id, boolean sent) {
    return new Broadcast(sent ? 1 : 0, sent ? List.of() : List.of(id), Map.of());
  }

  @Override
  public boolean deleteConnection(String connectionId) {
    if (faults.used()) KilledHandler.operation();
    return sender.deleteConnection(connectionId);
  }

  @Override
  public Optional<ConnectionInfo> getConnection(String connectionId) {
    if (faults.used()) KilledHandler.operation();
    return sender.getConnection(connectionId);
  }

  @Override
  public String url() {
    return sender.url();
  }
}
