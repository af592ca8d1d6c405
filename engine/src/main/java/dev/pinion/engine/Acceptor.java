package dev.pinion.engine;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A server's listening socket: configures the sockets that it accepts, and hands them over.
 *
 * <p>When the process has no file descriptor left it closes sockets that have waited longest for a request, and goes
 * on; if there are none it accepts again at the next tick.
 */
final class Acceptor extends Pollable {
  private static final int AT_ONCE = 64;

  private final EventLoops loops;
  private final EventLoop loop;
  private final ServerSocketChannel listening;
  private final Deadlines pending;
  private final Accepted configuring;
  private final Accepted accepted;
  private final Consumer<Throwable> failures;
  private SelectionKey key;
  private boolean failing;

  /** The receiver of sockets. */
  interface Accepted {
    void accept(SocketChannel channel) throws IOException;
  }

  /**
   * Accepts nothing before {@link #open}.
   *
   * @param configuring sets the options of a socket before {@code accepted} takes it
   */
  Acceptor(
      EventLoops loops, ServerSocketChannel listening, Deadlines pending, Accepted configuring, Accepted accepted,
      Consumer<Throwable> failures) throws IOException {
    this.loops = loops;
    this.listening = listening;
    this.pending = pending;
    this.configuring = configuring;
    this.accepted = accepted;
    this.failures = failures;
    loop = loops.next();
    listening.configureBlocking(false);
    key = loop.register(listening, 0, this);
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
  void ready() throws IOException {
    for (int i = 0; i < AT_ONCE; i++) {
      SocketChannel channel = listening.accept();
      failing = false;
      if (channel == null) {
        return;
      }
      take(channel);
    }
  }

  /** A socket that cannot be configured, such as one that its client has reset already, is dropped alone. */
  private void take(SocketChannel channel) throws IOException {
    try {
      configuring.accept(channel);
    } catch (IOException e) {
      channel.close();
      return;
    }
    try {
      accepted.accept(channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  void failed(Throwable failure) {
    if (!listening.isOpen()) {
      return;
    }
    key.interestOps(0);
    if (pending.drop(AT_ONCE) > 0) {
      openWhenReleased();
    }
    if (!failing) {
      failing = true;
      EventLoop.guard(() -> failures.accept(failure));
    }
  }

  @Override
  void moved(SelectionKey next) {
    key = next;
  }

  @Override
  void loopEnded(Throwable why) {
    failures.accept(new IOException("The server accepts nobody any more: its event loop has ended", why));
    EventLoop.guard(() -> {
      try {
        close();
      } catch (IOException e) {
        failures.accept(e);
      }
    });
  }

  /** Goes on once every loop has given back the descriptors of the sockets that it is about to close. */
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
