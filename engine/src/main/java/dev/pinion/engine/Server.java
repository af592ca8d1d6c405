package dev.pinion.engine;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A listening socket, and the sockets that it has accepted; they speak HTTP first.
 *
 * <p>Thread-safe. Servers may share their event loops.
 */
public final class Server implements AutoCloseable {
  private static final int BACKLOG = 4096;
  private static final int CLOSE_SECONDS = 5;

  private final EventLoops loops;
  private final ServerLimits limits;
  private final HttpHandler handler;
  private final Deadlines pending;
  private final SocketSettings sockets;
  private final Acceptor acceptor;
  private final int port;
  private final Runnable ticker = this::tick;

  private Server(
      EventLoops loops, ServerSocketChannel listening, ServerLimits limits, InstantSource clock, HttpHandler handler)
      throws IOException {
    this.loops = loops;
    this.limits = limits;
    this.handler = handler;
    port = ((InetSocketAddress) listening.getLocalAddress()).getPort();
    pending = new Deadlines(clock, limits.requestTimeout(), limits.pendingRequests(), limits.pendingBytes());
    Deadlines leaving = new Deadlines(clock, limits.requestTimeout(), Integer.MAX_VALUE, Long.MAX_VALUE);
    OutputBudget budget = new OutputBudget(limits.totalBufferBytes(), socket -> ((ClientSocket) socket).dropSlow());
    sockets = new SocketSettings(
        limits.bufferBytes(), budget, new InputBudget(limits.totalInputBytes()), leaving, handler::failed);
    acceptor = new Acceptor(loops, listening, pending, Server::configure, this::accepted, handler::failed);
  }

  /**
   * Listens on an address, and answers nobody before {@link #serve}.
   *
   * @throws IOException when the address cannot be listened on
   */
  public static ServerSocketChannel listen(String host, int port) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open();
    try {
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      return channel.bind(new InetSocketAddress(host, port), BACKLOG);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /**
   * Serves those who connect.
   *
   * @param listening a socket of {@link #listen}
   * @param clock the clock of all timeouts; it is read about four times a second
   * @throws IOException when the system refuses to watch the socket
   */
  public static Server serve(
      EventLoops loops, ServerSocketChannel listening, ServerLimits limits, InstantSource clock, HttpHandler handler)
      throws IOException {
    Server server = new Server(loops, listening, limits, clock, handler);
    server.acceptor.open();
    server.acceptor.loop().addTicker(server.ticker);
    return server;
  }

  /** Returns the port it listens on. */
  public int port() {
    return port;
  }

  private static void configure(SocketChannel channel) throws IOException {
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
  }

  private void accepted(SocketChannel channel) throws IOException {
    ClientSocket socket = new ClientSocket(sockets, loops.next(), channel);
    socket.register(new HttpSession(socket, handler, pending, limits));
  }

  private void tick() {
    pending.sweep();
    sockets.leaving().sweep();
    acceptor.open();
  }

  /** Accepts nobody from now on. */
  public void stopAccepting() {
    try {
      acceptor.close();
    } catch (IOException e) {
      handler.failed(e);
    }
  }

  /**
   * Accepts nobody any more, and closes all sockets once what was sent before is written, as far as the client takes
   * it; those that have been sent their last frame wait for their client, for 2 s at most.
   */
  @Override
  public void close() {
    close(Duration.ofSeconds(CLOSE_SECONDS));
  }

  /** Closes, and waits no longer than this for loops that are held up. */
  void close(Duration most) {
    stopAccepting();
    acceptor.loop().removeTicker(ticker);
    List<EventLoop> running = loops.all().stream().filter(loop -> !loop.hasEnded()).toList();
    CountDownLatch left = new CountDownLatch(running.size());
    for (EventLoop loop : running) {
      loop.execute(
          () -> {
            loop.forEach(this::finish);
            left.countDown();
          });
    }
    try {
      if (!left.await(most.toNanos(), TimeUnit.NANOSECONDS)) {
        handler.failed(new IllegalStateException("An event loop did not close its sockets in " + most));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void finish(Pollable each) {
    if (each instanceof ClientSocket socket && socket.isOf(sockets)) {
      socket.finish();
    }
  }
}
