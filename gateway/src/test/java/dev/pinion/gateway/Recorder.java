package dev.pinion.gateway;

import dev.pinion.engine.CloseStatus;
import dev.pinion.spi.ConnectionContext;
import dev.pinion.spi.Event;
import dev.pinion.spi.Response;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** An integration that answers 200 by default, and keeps what a gateway does for tests to await. */
final class Recorder implements Integration, GatewayListener {
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> log = new LinkedBlockingQueue<>();
  private final BlockingQueue<Throwable> bugs = new LinkedBlockingQueue<>();
  private volatile Integration behaviour = _ -> Response.OK;

  Recorder answering(Integration next) {
    behaviour = next;
    return this;
  }

  @Override
  public Response invoke(Event event) throws Exception {
    events.add(event);
    return behaviour.invoke(event);
  }

  /** The next event of a kind; others before it are dropped. */
  <E extends Event> E next(Class<E> kind) throws InterruptedException {
    while (true) {
      Event event = await(events);
      if (kind.isInstance(event)) {
        return kind.cast(event);
      }
    }
  }

  /** The next line of the log that begins so; others before it are dropped. */
  String logged(String start) throws InterruptedException {
    while (true) {
      String line = await(log);
      if (line.startsWith(start)) {
        return line;
      }
    }
  }

  BlockingQueue<Event> events() {
    return events;
  }

  BlockingQueue<Throwable> bugs() {
    return bugs;
  }

  private static <T> T await(BlockingQueue<T> queue) throws InterruptedException {
    T next = queue.poll(10, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("Nothing came");
    }
    return next;
  }

  @Override
  public void connectingClient(String token, ConnectionContext connection) {
    log.add("client " + token + " is " + connection.connectionId());
  }

  @Override
  public void refusedClient(String token, int status, String why) {
    log.add("client " + token + " refused " + status + ": " + why);
  }

  @Override
  public void opened(ConnectionContext connection) {
    log.add("opened " + connection.connectionId());
  }

  @Override
  public void closed(ConnectionContext connection, CloseStatus status) {
    log.add("closed " + status.code() + " " + status.reason());
  }

  @Override
  public void finished(ConnectionContext connection) {
    log.add("finished " + connection.connectionId());
  }

  @Override
  public void cutOff(ConnectionContext connection, CloseStatus status, String what) {
    log.add("cutOff " + status.code() + " " + what);
  }

  @Override
  public void refused(String target, int status, String why) {
    log.add("refused " + status + " " + target + ": " + why);
  }

  @Override
  public void unrouted(ConnectionContext connection, String why) {
    log.add("unrouted " + why);
  }

  @Override
  public void sentWhileConnecting(ConnectionContext connection) {
    log.add("sentWhileConnecting " + StackWalker.getInstance().walk(frames -> frames.anyMatch(
        frame -> frame.getClassName().contains("Test"))));
  }

  @Override
  public void undelivered(ConnectionContext connection) {
    log.add("undelivered " + connection.connectionId());
  }

  @Override
  public void tooSlow(ConnectionContext connection) {
    log.add("tooSlow " + connection.connectionId());
  }

  @Override
  public void failed(Event event, Throwable failure) {
    log.add("failed " + event.routeKey() + " " + failure);
  }

  @Override
  public void timedOut(Event event, boolean goesOn) {
    log.add((goesOn ? "late " : "timedOut ") + event.routeKey());
  }

  @Override
  public void broke(Throwable bug) {
    bugs.add(bug);
  }
}
