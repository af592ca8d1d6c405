package dev.pinion.gateway;

import dev.pinion.BadRequestException;
import dev.pinion.Broadcast;
import dev.pinion.ConnectionInfo;
import dev.pinion.LimitExceededException;
import dev.pinion.PayloadTooLargeException;
import dev.pinion.ServiceException;
import dev.pinion.engine.Frames;
import dev.pinion.engine.Offer;
import dev.pinion.engine.OutboundFrame;
import dev.pinion.spi.Sender;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The management API within this process. Thread-safe; no call waits for a client. */
final class SocketSender implements Sender {
  /** The clock is read once for so many ids. */
  private static final int IDS_PER_LOOK = 256;

  private final Settings settings;
  private final ServerAddress address;
  private final ConnectionRegistry registry;

  SocketSender(Settings settings, ServerAddress address, ConnectionRegistry registry) {
    this.settings = settings;
    this.address = address;
    this.registry = registry;
  }

  @Override
  public boolean postToConnection(String connectionId, String data) {
    return post(connectionId, data.getBytes(UTF_8));
  }

  /** Sends UTF-8. */
  boolean post(String connectionId, byte[] data) {
    Optional<ClientConnection> connection = find(connectionId);
    OutboundFrame frame = frame(data);
    return connection.isPresent() && taken(connection.get().send(frame));
  }

  @Override
  public boolean deleteConnection(String connectionId) {
    return find(connectionId).map(found -> found.end(CloseStatuses.DELETED, CloseStatuses.DELETED, "by @connections"))
        .orElse(false);
  }

  @Override
  public Optional<ConnectionInfo> getConnection(String connectionId) {
    return find(connectionId).map(ClientConnection::info);
  }

  /**
   * One frame for all. Each receiver's loop writes while the rest is still being looked up: ids that come slowly, or
   * fail, hold up nobody who has come before.
   */
  @Override
  public Broadcast broadcast(Iterator<String> connectionIds, String data) {
    OutboundFrame frame = frame(data.getBytes(UTF_8));
    int sent = 0;
    List<String> gone = new ArrayList<>();
    Map<String, ServiceException> failed = new LinkedHashMap<>();
    long now = 0;
    for (int i = 0; connectionIds.hasNext(); i++) {
      String id = connectionIds.next();
      if (id == null) {
        failed.put("null", new BadRequestException("the connection id at position " + (i + 1) + " is null"));
        continue;
      }
      if (i % IDS_PER_LOOK == 0) {
        if (i > 0 && Thread.currentThread().isInterrupted()) {
          throw new CancellationException("broadcast: the handler was interrupted after " + i + " connection ids");
        }
        now = settings.clock().millis();
      }
      try {
        Optional<ClientConnection> found = find(id);
        if (found.isPresent() && taken(found.get().sendOnLoop(frame, now))) {
          sent++;
        } else {
          gone.add(id);
        }
      } catch (ServiceException e) {
        failed.put(id, e);
      }
    }
    return new Broadcast(sent, gone, failed);
  }

  @Override
  public String url() {
    return "ws://" + address.authority() + "/" + settings.stage();
  }

  private OutboundFrame frame(byte[] data) {
    if (data.length > settings.profile().postBytes) {
      throw new PayloadTooLargeException("Payload of " + data.length + " bytes, over " + settings.profile().postBytes);
    }
    return Frames.text(data);
  }

  /** Refuses what has not the form of an id. */
  static void check(String id) {
    if (!Ids.wellFormed(id)) {
      throw new BadRequestException("Invalid connectionId: " + id);
    }
  }

  /** An open connection. An id that is registered has the form of one. */
  private Optional<ClientConnection> find(String id) {
    Optional<ClientConnection> found = registry.find(id);
    if (found.isEmpty()) {
      check(id);
    } else if (!found.get().isOpen()) {
      if (found.get().isHandledBy(Thread.currentThread())) {
        settings.listener().sentWhileConnecting(found.get().context());
      }
      return Optional.empty();
    }
    return found;
  }

  private static boolean taken(Offer offer) {
    return switch (offer) {
      case TAKEN -> true;
      case CLOSED -> false;
      case FULL -> throw new LimitExceededException("The client is slow and its buffer full");
    };
  }
}
