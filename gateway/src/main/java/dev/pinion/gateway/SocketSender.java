package dev.pinion.gateway;

import dev.pinion.BadRequestException;
import dev.pinion.Broadcast;
import dev.pinion.ConnectionInfo;
import dev.pinion.LimitExceededException;
import dev.pinion.PayloadTooLargeException;
import dev.pinion.ServiceException;
import dev.pinion.spi.Sender;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The management API within this process. Thread-safe; no call waits for a client. */
final class SocketSender implements Sender {
  private final Hub hub;

  SocketSender(Hub hub) {
    this.hub = hub;
  }

  @Override
  public boolean postToConnection(String connectionId, String data) {
    return post(connectionId, data.getBytes(UTF_8));
  }

  /** Sends UTF-8. */
  boolean post(String connectionId, byte[] data) {
    Optional<Connection> connection = find(connectionId);
    byte[] frame = frame(data);
    return connection.isPresent() && taken(connection.get().send(frame));
  }

  @Override
  public boolean deleteConnection(String connectionId) {
    return find(connectionId).map(found -> found.end(CloseStatus.DELETED, CloseStatus.DELETED)).orElse(false);
  }

  @Override
  public Optional<ConnectionInfo> getConnection(String connectionId) {
    return find(connectionId).map(Connection::info);
  }

  /** One frame for all; each event loop is woken once, and writes while the rest is still being looked up. */
  @Override
  public Broadcast broadcast(Iterator<String> connectionIds, String data) {
    byte[] frame = frame(data.getBytes(UTF_8));
    int sent = 0;
    List<String> gone = new ArrayList<>();
    Map<String, ServiceException> failed = new LinkedHashMap<>();
    Map<EventLoop, Flush> flushes = new HashMap<>();
    long now = 0;
    for (int i = 0; connectionIds.hasNext(); i++) {
      String id = connectionIds.next();
      if (i % Flush.MOST == 0) {
        now = hub.now();
      }
      try {
        Optional<Connection> found = find(id);
        if (found.isPresent() && taken(enqueue(found.get(), frame, now, flushes))) {
          sent++;
        } else {
          gone.add(id);
        }
      } catch (ServiceException e) {
        failed.put(id, e);
      }
    }
    flushes.forEach(EventLoop::execute);
    return new Broadcast(sent, gone, failed);
  }

  private static Wire.Offer enqueue(Connection connection, byte[] frame, long now, Map<EventLoop, Flush> flushes) {
    Wire.Offer offer = connection.enqueue(frame, now);
    if (offer == Wire.Offer.TO_FLUSH) {
      EventLoop loop = connection.loop();
      Flush flush = flushes.computeIfAbsent(loop, _ -> new Flush(new ArrayList<>()));
      flush.wires.add(connection.wire());
      if (flush.wires.size() == Flush.MOST) {
        flushes.remove(loop);
        loop.execute(flush);
      }
    }
    return offer;
  }

  @Override
  public String url() {
    return "ws://" + hub.authority() + "/" + hub.settings().stage();
  }

  private byte[] frame(byte[] data) {
    if (data.length > hub.profile().postBytes) {
      throw new PayloadTooLargeException("Payload of " + data.length + " bytes, over " + hub.profile().postBytes);
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
  private Optional<Connection> find(String id) {
    Optional<Connection> found = hub.registry().find(id);
    if (found.isEmpty()) {
      check(id);
    } else if (!found.get().isOpen()) {
      hub.listener().sentWhileConnecting(found.get().context());
      return Optional.empty();
    }
    return found;
  }

  private static boolean taken(Wire.Offer offer) {
    return switch (offer) {
      case TAKEN, TO_FLUSH -> true;
      case CLOSED -> false;
      case FULL -> throw new LimitExceededException("The client is slow and its buffer full");
    };
  }

  /** Wires of one loop that it is to write. */
  private record Flush(List<Wire> wires) implements Runnable {
    /** So many are handed over at once. */
    static final int MOST = 256;

    @Override
    public void run() {
      wires.forEach(Wire::run);
    }
  }
}
