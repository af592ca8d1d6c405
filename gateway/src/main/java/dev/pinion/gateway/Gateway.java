package dev.pinion.gateway;

import dev.pinion.spi.Event;
import dev.pinion.spi.Sender;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A WebSocket server that behaves like one API Gateway WebSocket API: handshakes, frames, routes, limits, close codes,
 * and {@code @connections} on the same port.
 *
 * <p>All methods may be called from any thread. Gateways of one process share their event loops; those are no daemon
 * threads, so that a process runs until its last gateway is closed.
 */
public final class Gateway implements AutoCloseable {
  private final Hub hub;
  private final EventLoops loops;
  private final Acceptor acceptor;
  private final Runnable ticker;
  private final AtomicBoolean closed = new AtomicBoolean();

  private Gateway(Hub hub, EventLoops loops, Acceptor acceptor) {
    this.hub = hub;
    this.loops = loops;
    this.acceptor = acceptor;
    ticker = this::tick;
  }

  /** Begins a gateway whose events go to an integration. */
  public static GatewayBuilder builder(Integration integration) {
    return new GatewayBuilder(integration);
  }

  static Gateway start(Settings settings, Routes routes) throws IOException {
    ServerSocketChannel listening = Acceptor.listen(settings.host(), settings.port());
    Hub hub = new Hub(settings, routes, ((InetSocketAddress) listening.getLocalAddress()).getPort());
    EventLoops loops = EventLoops.acquire();
    Gateway gateway = new Gateway(hub, loops, new Acceptor(hub, loops, listening));
    gateway.acceptor.open();
    gateway.acceptor.loop().addTicker(gateway.ticker);
    return gateway;
  }

  /** The port it listens on. */
  public int port() {
    return hub.port();
  }

  /** The URL that clients connect to, such as {@code ws://localhost:8080/prod}. */
  public String url() {
    return hub.sender().url();
  }

  /** Where it answers HTTP, such as {@code http://localhost:8080}. */
  public String origin() {
    return "http://" + hub.authority();
  }

  /** The management API, without HTTP between. */
  public Sender sender() {
    return hub.sender();
  }

  /** Changes the routes of all messages that are handled from now on; open connections stay open. */
  public void routes(Routes routes) {
    hub.routes(routes);
  }

  /** How many connections are open. */
  public int connections() {
    return hub.registry().open();
  }

  /** Closes without waiting for handlers. */
  @Override
  public void close() {
    close(Duration.ZERO);
  }

  /**
   * Closes: takes no more clients, closes all connections at once with 1001, and waits for the handlers that run, those
   * of {@code $disconnect} among them.
   *
   * @param grace how long to wait, in real time
   * @return the events whose handlers had not finished by then; they run on
   */
  public List<Event> close(Duration grace) {
    if (!closed.compareAndSet(false, true)) {
      return List.of();
    }
    hub.close();
    try {
      acceptor.close();
    } catch (IOException e) {
      hub.listener().broke(e);
    }
    hub.registry().all().forEach(connection -> connection.end(CloseStatus.GOING_AWAY, CloseStatus.GOING_AWAY));
    List<Event> unfinished = hub.departures().await(grace.toNanos());
    acceptor.loop().removeTicker(ticker);
    closeSockets();
    loops.release();
    return unfinished;
  }

  /** Closes what is left on every loop, after the loop has written what was queued before. */
  private void closeSockets() {
    CountDownLatch left = new CountDownLatch(loops.all().size());
    for (EventLoop loop : loops.all()) {
      loop.execute(
          () -> {
            loop.closeAll(hub);
            left.countDown();
          });
    }
    try {
      left.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void tick() {
    hub.sweep();
    acceptor.open();
  }
}
