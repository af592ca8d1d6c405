package dev.pinion.gateway;

import dev.pinion.ConnectionInfo;
import dev.pinion.engine.ClientSocket;
import dev.pinion.engine.CloseStatus;
import dev.pinion.engine.FrameSink;
import dev.pinion.engine.Frames;
import dev.pinion.engine.Offer;
import dev.pinion.engine.OutboundFrame;
import dev.pinion.engine.ProtocolException;
import dev.pinion.engine.WebSocketSession;
import dev.pinion.engine.Writer;
import dev.pinion.spi.ConnectionContext;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
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
final class ClientConnection implements QueueClient, FrameSink {
  private final Settings settings;
  private final ClientSocket socket;
  private volatile ConnectionContext context;
  private final LoopHandlers loop;
  private final ConnectionQueue queue;
  private final WebSocketSession session;
  private final Consumer<ClientConnection> onEnd;
  private long messages;
  private volatile long activeAt;
  /** What its only thread sends counts as activity when that flushes, all at once. */
  private boolean sentLater;
  private volatile boolean open;
  private volatile boolean ended;

  /**
   * A connection whose handshake waits for a verdict.
   *
   * @param onEnd called once, before the close frame is sent, on any thread
   */
  ClientConnection(
      Settings settings, QueueSettings queues, LoopHandlers loop, ClientSocket socket, ConnectionContext context,
      Consumer<ClientConnection> onEnd) {
    this.settings = settings;
    this.loop = loop;
    this.socket = socket;
    this.context = context;
    this.onEnd = onEnd;
    queue = new ConnectionQueue(queues, this, loop, socket.inputBudget());
    session = new WebSocketSession(socket, settings.frameLimits(), this);
    activeAt = context.connectedAt();
  }

  private ConnectionFrames frames() {
    return new ConnectionFrames(settings, context);
  }

  private long now() {
    return settings.clock().millis();
  }

  @Override
  public ConnectionContext context() {
    return context;
  }

  ClientSocket socket() {
    return socket;
  }

  /** Returns what the socket speaks once the handshake is answered 101. */
  WebSocketSession session() {
    return session;
  }

  /** Returns whether the handshake has been answered 101. Any thread. */
  boolean isOpen() {
    return open;
  }

  /** Returns whether a thread runs one of its handlers. Any thread. */
  boolean isHandledBy(Thread thread) {
    return queue.isHandledBy(thread);
  }

  /** Returns what waits and runs. Any thread. */
  HandlerLoad handlerLoad() {
    return queue.handlerLoad();
  }

  /** Returns what is not handled to its end. Any thread. */
  List<PendingEvent> pending() {
    return queue.pending();
  }

  /** Returns the handlers of some deployments that run. Any thread. */
  List<DeployedHandler> running(Predicate<Deployment> whose) {
    return queue.running(whose);
  }

  /** All events that begin from now on have the authorizer's values. */
  void authorized(Map<String, String> values) {
    context = context.authorized(values);
  }

  /** Asks the authorizer or the {@code $connect} handler; whoever takes its answer gets it on any thread. */
  void ask(Work question) {
    queue.ask(question);
  }

  /** The handshake was not answered 101. */
  void refused() {
    end(CloseStatus.of(1006), null, "");
  }

  /** The handshake is answered 101; when the gateway has ended the connection meanwhile, the socket is closed. */
  @Override
  public void opened() {
    boolean late;
    synchronized (this) {
      late = ended;
      open = !late;
    }
    if (late) {
      socket.close();
    } else {
      socket.countAnew();
      session.limits(settings.frameLimits());
      socket.network(settings.network());
      settings.listener().opened(context);
    }
  }

  @Override
  public boolean decoding() {
    if (ended) {
      return false;
    }
    loop.decoded().begin(now(), queue.room());
    return true;
  }

  @Override
  public boolean ready() {
    return loop.decoded().hasRoom() && !ended;
  }

  @Override
  public boolean decoded() {
    return publish();
  }

  /** Hands over what was decoded; returns whether there is room for more. */
  private boolean publish() {
    DecodedWork decoded = loop.decoded();
    if (!decoded.works().isEmpty()) activeAt = decoded.at();
    boolean hasRoom = queue.publish(decoded.works());
    decoded.works().clear();
    return hasRoom;
  }

  @Override
  public void finished() {
    settings.listener().finished(context);
  }

  @Override
  public void resume() {
    socket.execute(session::resume);
  }

  @Override
  public void text(String message) {
    messages++;
    loop.decoded().add(message);
  }

  @Override
  public void binary(byte[] message) {
    text(Base64.getEncoder().encodeToString(message));
  }

  /** A ping is not answered while the client is too slow: RFC 6455 section 5.5.3 lets a later pong stand for it. */
  @Override
  public void ping(byte[] payload) {
    active();
    frames().ping(payload);
    if (socket.send(Frames.pong(payload), Writer.SENDER) == Offer.TAKEN) {
      frames().pong(payload, true);
    }
  }

  @Override
  public void pong(byte[] payload) {
    active();
    frames().pong(payload, false);
  }

  private void active() {
    if (settings.profile().pingsKeepAlive) {
      activeAt = now();
    }
  }

  @Override
  public void close(CloseStatus status) {
    var _ = publish();
    CloseStatus told = status.code() == CloseStatuses.NOT_SET.code() ? CloseStatuses.NOT_SET : status;
    frames().closing(told);
    end(told, told, "in answer to the client");
  }

  @Override
  public void violated(ProtocolException violation) {
    CloseStatus status = violation.status();
    String what = violation.what() + (status.code() == 1003 ? ", which API Gateway does not support" : "");
    settings.listener().cutOff(context, status, what);
    end(status, status, "by the gateway: the client sent " + what);
  }

  @Override
  public void tooSlow() {
    settings.listener().tooSlow(context);
  }

  /** What it has sent and no handler has begun with is dropped. Any thread. */
  @Override
  public void overBudget() {
    socket.execute(() -> {
      session.drop();
      if (!ended) {
        String what = "too much for the server to keep, with all clients";
        settings.listener().cutOff(context, CloseStatuses.TRY_LATER, what);
        end(CloseStatuses.TRY_LATER, CloseStatuses.TRY_LATER, "by the gateway: the client sent " + what, true);
      }
    });
  }

  @Override
  public void ended() {
    end(settings.profile().abruptLoss, null, "the connection was lost", true);
  }

  /** Closes the socket without a close frame. Any thread. */
  void lose() {
    socket.execute(socket::close);
  }

  /**
   * Ends the connection; returns false when it had ended. While the handshake waits for its verdict no frame is sent
   * and nobody is notified. Any thread.
   *
   * @param told what {@code $disconnect} gets
   * @param frame the close frame's status, null for none
   * @param why who ends it, and for what reason, for people
   */
  boolean end(CloseStatus told, @Nullable CloseStatus frame, String why) {
    return end(told, frame, why, false);
  }

  /** What a lost client has sent and no handler has begun with is dropped. */
  private boolean end(CloseStatus told, @Nullable CloseStatus frame, String why, boolean lost) {
    boolean wasOpen;
    synchronized (this) {
      if (ended) {
        return false;
      }
      ended = true;
      wasOpen = open;
    }
    queue.depart();
    onEnd.accept(this);
    if (lost) {
      queue.drop();
    }
    if (wasOpen && frame != null) {
      socket.sendLast(Frames.close(frame));
    }
    queue.end(wasOpen ? List.of(new Work.Disconnect(told, now())) : List.of());
    if (wasOpen) {
      frames().ended(told, frame != null, why);
      settings.listener().closed(context, told);
    }
    return true;
  }

  /**
   * Ends the connection or interrupts its handlers where a limit is exceeded, at a time in milliseconds. Any
   * thread.
   *
   * @param held until when time did not count
   */
  void sweep(long now, long held) {
    queue.sweep(now, held);
    if (!open) {
      return;
    }
    noteSent(now);
    Profile profile = settings.profile();
    if (now - Math.max(context.connectedAt(), held) >= profile.lifetime.toMillis()) {
      end(profile.lifetimeOver, profile.lifetimeOver, "by the gateway: its time is over");
    } else if (now - Math.max(activeAt, held) >= profile.idleTimeout.toMillis()) {
      end(CloseStatuses.GOING_AWAY, CloseStatuses.GOING_AWAY, "by the gateway: it was idle");
    }
  }

  /** Sends a frame. Any thread. */
  Offer send(OutboundFrame frame) {
    Writer writer = queue.writer(Thread.currentThread());
    return switch (writer) {
      case TURN, LATER -> {
        Offer offer = socket.send(frame, writer);
        sentLater |= offer == Offer.TAKEN;
        yield offer;
      }
      case SENDER, EITHER, LOOP -> send(frame, writer, now());
    };
  }

  /** Sends a frame, which the loop writes, at a time in milliseconds. Any thread. */
  Offer sendOnLoop(OutboundFrame frame, long now) {
    return send(frame, Writer.LOOP, now);
  }

  private Offer send(OutboundFrame frame, Writer writer, long now) {
    Offer offer = socket.send(frame, writer);
    if (offer == Offer.TAKEN) {
      activeAt = now;
    }
    return offer;
  }

  @Override
  public void flush() {
    if (sentLater) {
      noteSent(now());
    }
    socket.flush();
  }

  private void noteSent(long now) {
    if (sentLater) {
      sentLater = false;
      activeAt = now;
    }
  }

  @Override
  public void reply(byte[] utf8) {
    deliver(utf8);
  }

  private boolean deliver(byte[] utf8) {
    Offer offer = send(Frames.text(utf8));
    if (offer == Offer.FULL) {
      settings.listener().undelivered(context);
    }
    return offer == Offer.TAKEN;
  }

  @Override
  public void complain(String message, String requestId) {
    String error = frames().error(message, requestId);
    if (deliver(error.getBytes(UTF_8))) {
      frames().sent(error);
    }
  }

  /** Returns what the management API reports. Any thread. */
  ConnectionInfo info() {
    return new ConnectionInfo(
        Instant.ofEpochMilli(context.connectedAt()), context.sourceIp(), context.userAgent(),
        Instant.ofEpochMilli(activeAt));
  }

  /** Returns what it has done until now. The counts of what it has received may lag behind. Any thread. */
  ConnectionStatus status() {
    return new ConnectionStatus(
        context, activeAt, messages, socket.bytesReceived(), socket.framesSent(),
        socket.bytesSent(), socket.network());
  }
}
