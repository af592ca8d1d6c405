package dev.pinion.gateway;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A gateway's listening socket. It hands the sockets it accepts to the event loops in turn.
 *
 * <p>When the process has no file descriptor left it closes sockets that have waited longest for a request, and goes
 * on; if there are none it accepts again at the next tick.
 */
final class Acceptor implements Pollable {
  private static final int BACKLOG = 4096;
  private static final int AT_ONCE = 64;

  private final Hub hub;
  private final EventLoops loops;
  private final EventLoop loop;
  private final ServerSocketChannel listening;
  private final SelectionKey key;
  private boolean failing;

  /** Listens, but accepts only after {@link #open}. */
  Acceptor(Hub hub, EventLoops loops, ServerSocketChannel listening) throws IOException {
    this.hub = hub;
    this.loops = loops;
    this.listening = listening;
    loop = loops.next();
    listening.configureBlocking(false);
    key = listening.register(loop.selector(), 0, this);
  }

  static ServerSocketChannel listen(String host, int port) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open();
    try {
      channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      return channel.bind(new InetSocketAddress(host, port), BACKLOG);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  EventLoop loop() {
    return loop;
  }

  /** Begins to accept, or goes on after a failure. Any thread. */
  void open() {
    loop.execute(
        () -> {
          if (key.isValid()) {
            key.interestOps(SelectionKey.OP_ACCEPT);
          }
        });
  }

  void close() throws IOException {
    listening.close();
  }

  @Override
  public void ready() throws IOException {
    for (int i = 0; i < AT_ONCE; i++) {
      SocketChannel channel = listening.accept();
      failing = false;
      if (channel == null) {
        return;
      }
      take(channel);
    }
  }

  private void take(SocketChannel channel) throws IOException {
    try {
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      new Wire(hub, loops.next(), channel).register();
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public void failed(Throwable failure) {
    if (!listening.isOpen()) {
      return;
    }
    key.interestOps(0);
    if (!failing) {
      failing = true;
      hub.listener().broke(failure);
    }
    if (hub.lobby().drop(AT_ONCE) > 0) {
      openWhenReleased();
    }
  }

  /** Goes on once every loop has given back the descriptors of the sockets that it has been told to close. */
  private void openWhenReleased() {
    AtomicInteger left = new AtomicInteger(loops.all().size());
    for (EventLoop each : loops.all()) {
      each.execute(
          () -> {
            each.release();
            if (left.decrementAndGet() == 0) {
              open();
            }
          });
    }
  }
}
