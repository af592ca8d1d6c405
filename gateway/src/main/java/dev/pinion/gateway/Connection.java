package dev.pinion.gateway;

import dev.pinion.ConnectionInfo;
import dev.pinion.spi.ConnectionContext;
import dev.pinion.spi.Event;
import dev.pinion.spi.Response;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * One WebSocket connection, from the handshake's question until its handlers have finished.
 *
 * <pre>
 *                 verdict 2xx            close frame, violation, DELETE,
 *   CONNECTING -----------------> OPEN ---------------------------------> ENDED
 *       |                               idle, 2 h, loss, gateway closes     |
 *       `-- any other verdict: forgotten                                    `-- $disconnect
 * </pre>
 *
 * <p>It opens and ends under its lock, so that it ends once, and is not opened after its end. Methods are the event
 * loop's unless they say otherwise.
 */
final class Connection implements Protocol, FrameSink {
  private static final byte[] NOTHING = {};

  private final Hub hub;
  private final Wire wire;
  private final ConnectionContext context;
  private final Lane lane;
  private final FrameDecoder decoder;
  private int room;
  private long receivedAt;
  private byte[] held = NOTHING;
  private volatile long activeAt;
  /** What is sent with {@link Wire.Writer#LATER} counts as activity when it is flushed, all at once. */
  private boolean sentLater;
  private volatile boolean open;
  private volatile boolean ended;

  /** A connection whose handshake waits for a verdict. */
  Connection(Hub hub, Wire wire, Handshake handshake) {
    this.hub = hub;
    this.wire = wire;
    context = handshake.context();
    lane = new Lane(hub, this);
    decoder = new FrameDecoder(hub.profile());
    activeAt = context.connectedAt();
  }

  ConnectionContext context() {
    return context;
  }

  Lane lane() {
    return lane;
  }

  EventLoop loop() {
    return wire.loop();
  }

  Wire wire() {
    return wire;
  }

  /** Whether the handshake has been answered 101. Any thread. */
  boolean isOpen() {
    return open;
  }

  /** Asks the {@code $connect} handler; its answer is handed over on the event loop. */
  void ask(Event.Connect event, Consumer<Response> verdict) {
    lane.publish(List.of(new Work.Connect(event, response -> loop().execute(() -> verdict.accept(response)))));
  }

  /** The handshake was not answered 101. */
  void refused() {
    end(CloseStatus.of(1006), null);
  }

  /** The handshake is answered 101; false when the gateway has ended the connection meanwhile. */
  boolean open() {
    synchronized (this) {
      if (ended) {
        return false;
      }
      open = true;
    }
    hub.listener().opened(context);
    return true;
  }

  @Override
  public void received(byte[] data, int from, int to) {
    List<Work> staged = loop().staged();
    receivedAt = hub.now();
    int at = from;
    while (!ended) {
      room = lane.room();
      try {
        at = decoder.decode(data, at, to, this);
      } catch (ProtocolException e) {
        publish(staged);
        hub.listener().cutOff(context, e.status(), e.what());
        end(e.status(), e.status());
        return;
      }
      publish(staged);
      if (lane.stall()) {
        held = Arrays.copyOfRange(data, at, to);
        wire.pause();
        return;
      }
      if (at == to) {
        return;
      }
    }
  }

  /** Goes on after the lane was full. */
  void resume() {
    byte[] data = held;
    held = NOTHING;
    wire.resume();
    received(data, 0, data.length);
  }

  private void publish(List<Work> staged) {
    lane.publish(staged);
    staged.clear();
  }

  @Override
  public boolean ready() {
    return room > 0 && !ended;
  }

  @Override
  public void text(String message) {
    activeAt = receivedAt;
    room--;
    loop().staged().add(new Work.Message(message, receivedAt));
  }

  @Override
  public void binary(byte[] message) {
    text(Base64.getEncoder().encodeToString(message));
  }

  /** A ping is not answered while the client is too slow: RFC 6455 section 5.5.3 lets a later pong stand for it. */
  @Override
  public void ping(byte[] payload) {
    pong();
    wire.send(Frames.pong(payload), Wire.Writer.SENDER);
  }

  @Override
  public void pong() {
    if (hub.profile().pingsKeepAlive) {
      activeAt = hub.now();
    }
  }

  @Override
  public void close(CloseStatus status) {
    publish(loop().staged());
    end(status, status);
  }

  @Override
  public void ended() {
    end(hub.profile().abruptLoss, null);
  }

  /**
   * Ends the connection; false when it had ended. While the handshake waits for its verdict neither a frame is sent nor
   * anybody told. Any thread.
   *
   * @param told what {@code $disconnect} is told
   * @param frame the close frame's status, null for none
   */
  boolean end(CloseStatus told, @Nullable CloseStatus frame) {
    boolean wasOpen;
    synchronized (this) {
      if (ended) {
        return false;
      }
      ended = true;
      wasOpen = open;
    }
    hub.departures().add(lane);
    hub.registry().remove(this);
    if (wasOpen && frame != null) {
      wire.sendLast(Frames.close(frame));
    }
    lane.end(wasOpen ? List.of(new Work.Disconnect(told, hub.now())) : List.of());
    if (wasOpen) {
      hub.listener().closed(context, told);
    }
    return true;
  }

  /**
   * Ends the connection or interrupts its handlers where a limit is exceeded, at a time in milliseconds. Any
   * thread.
   */
  void sweep(long now) {
    lane.sweep(now);
    if (!open) {
      return;
    }
    Profile profile = hub.profile();
    if (now - context.connectedAt() >= profile.lifetime.toMillis()) {
      end(profile.lifetimeOver, profile.lifetimeOver);
    } else if (now - activeAt >= profile.idleTimeout.toMillis()) {
      end(CloseStatus.GOING_AWAY, CloseStatus.GOING_AWAY);
    }
  }

  /** Sends a frame. Any thread. */
  Wire.Offer send(byte[] frame) {
    Wire.Writer writer = lane.writer(Thread.currentThread());
    Wire.Offer offer = wire.send(frame, writer);
    if (offer == Wire.Offer.FULL || offer == Wire.Offer.CLOSED) {
      return offer;
    }
    if (writer == Wire.Writer.LATER) {
      sentLater = true;
    } else {
      activeAt = hub.now();
    }
    if (offer == Wire.Offer.TO_FLUSH) {
      loop().execute(wire);
    }
    return offer;
  }

  /** Takes a frame at a time in milliseconds; the caller sees it flushed when the answer says so. Any thread. */
  Wire.Offer enqueue(byte[] frame, long now) {
    Wire.Offer offer = wire.send(frame, Wire.Writer.LOOP);
    if (offer != Wire.Offer.FULL && offer != Wire.Offer.CLOSED) {
      activeAt = now;
    }
    return offer;
  }

  /** Writes what handlers have sent and nobody has yet written. Any thread. */
  void flush() {
    if (sentLater) {
      sentLater = false;
      activeAt = hub.now();
    }
    wire.flush();
  }

  boolean unflushed() {
    return wire.unflushed();
  }

  /** Sends what no sender waits for; dropped when the client is too slow or gone. Any thread. */
  void reply(byte[] utf8) {
    if (send(Frames.text(utf8)) == Wire.Offer.FULL) {
      hub.listener().undelivered(context);
    }
  }

  /** Sends API Gateway's frame for a message that was not handled. Any thread. */
  void complain(String message, String requestId) {
    String id = context.connectionId();
    String frame =
        "{\"message\": \"" + message + "\", \"connectionId\":\"" + id + "\", \"requestId\":\"" + requestId + "\"}";
    reply(frame.getBytes(UTF_8));
  }

  /** What the management API tells. Any thread. */
  ConnectionInfo info() {
    return new ConnectionInfo(
        Instant.ofEpochMilli(context.connectedAt()),
        context.sourceIp(),
        context.userAgent(),
        Instant.ofEpochMilli(activeAt));
  }

  /** The event of a piece of work, with new ids, and no route for a message that was not yet routed. Any thread. */
  Event event(Work work) {
    return switch (work) {
      case Work.Connect connect -> connect.event();
      case Work.Message message -> event(message, "");
      case Work.Disconnect end -> new Event.Disconnect(
          context, hub.ids().request(), end.at(), end.status().code(), end.status().reason());
    };
  }

  /** A message's event on its route. Any thread. */
  Event.Message event(Work.Message message, String routeKey) {
    long seed = hub.ids().next();
    return new Event.Message(
        context, routeKey, Ids.request(seed), message.at(), Ids.message(seed), message.body());
  }
}
