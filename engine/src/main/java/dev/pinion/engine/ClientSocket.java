package dev.pinion.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One connected socket: reads for its {@link Protocol}, and writes what it is given.
 *
 * <pre>
 *   OPEN --sendLast, all written--> DRAINING: the output is shut down, and what still arrives is dropped
 *     |                                 |
 *     '--client ends, lost, close-------'-- the client closes, or 2 s --> CLOSED: the protocol has ended
 * </pre>
 *
 * <p>Methods are the event loop's unless they say otherwise.
 */
public final class ClientSocket extends SocketOutput {
  /** How long a shut down socket waits for the client to close. */
  static final long LINGER_NANOS = 2_000_000_000;

  private @Nullable SelectionKey key;
  private @Nullable Protocol protocol;
  private boolean paused;
  /** Whether all that the client has sent is read, while the socket is paused. */
  private boolean readAhead;
  private boolean draining;
  /** Whether the output is shut down once the slow network has delivered all. */
  private boolean drainsLater;
  private long received;
  private long lingersUntil;

  ClientSocket(SocketSettings settings, EventLoop loop, SocketChannel channel) {
    super(settings, loop, channel);
  }

  /** Returns the loop that reads and writes. Any thread. */
  public EventLoop loop() {
    return loop;
  }

  /** Returns how many bytes it has read, save those that a client sent ahead before it left. */
  public long bytesReceived() {
    return received;
  }

  /** Counts bytes and frames from here. */
  public void countAnew() {
    received = 0;
    resetCounts();
  }

  /** Returns how much the server may keep of what its clients have sent. Any thread. */
  public InputBudget inputBudget() {
    return settings.input();
  }

  /** Runs a task on the loop's thread; when it throws, the socket is closed. Any thread. */
  public void execute(Runnable task) {
    loop.execute(
        () -> {
          try {
            task.run();
          } catch (Throwable e) {
            failed(e);
          }
        });
  }

  /** Begins to read for a protocol. Any thread. */
  void register(Protocol first) {
    protocol = first;
    loop.execute(
        () -> {
          try {
            key = loop.register(channel, SelectionKey.OP_READ, this);
            first.begin();
          } catch (IOException e) {
            failed(e);
          }
        });
  }

  /** Slows down the network between this socket and its client from now on, or no longer. */
  public void network(Network network) {
    SlowSocket between = slowed;
    if (between == null && network.equals(Network.AS_IT_IS)) {
      return;
    }
    if (between == null) {
      between = new SlowSocket(new NearEnd(), loop, channel);
      slowed = between;
    }
    between.network(network);
  }

  /** Returns how slow the network is. Any thread. */
  public Network network() {
    SlowSocket between = slowed;
    return between == null ? Network.AS_IT_IS : between.network();
  }

  /** Hands the socket to another protocol, which begins. */
  void protocol(Protocol next) {
    protocol = next;
    next.begin();
  }

  /** Stops reading until {@link #resume}. */
  public void pause() {
    paused = true;
  }

  /** Reads again. */
  public void resume() {
    paused = false;
    SelectionKey own = key();
    if (own.isValid()) {
      own.interestOpsOr(SelectionKey.OP_READ);
    }
  }

  @Override
  void ready() throws IOException {
    SelectionKey own = key();
    if (own.isReadable()) {
      read(own);
    }
    if (own.isValid() && own.isWritable()) {
      own.interestOpsAnd(~SelectionKey.OP_WRITE);
      writable();
    }
  }

  /** Returns the slow network that what the client sends passes through; null if there is none. */
  private @Nullable SlowSocket slowReading() {
    SlowSocket between = slowed;
    return between != null && between.isReading() && !draining ? between : null;
  }

  private void read(SelectionKey own) {
    SlowSocket between = slowReading();
    if ((paused && !draining) || (between != null && !between.hasRoom())) {
      own.interestOpsAnd(~SelectionKey.OP_READ);
      return;
    }
    ByteBuffer buffer = loop.receiving();
    if (between != null) {
      buffer.limit(between.room());
    }
    int count;
    try {
      count = channel.read(buffer);
    } catch (IOException e) {
      close();
      return;
    }
    if (count < 0 && between != null) {
      own.interestOpsAnd(~SelectionKey.OP_READ);
      between.receivedEnd();
    } else if (count < 0) {
      close();
    } else if (!draining) {
      received += count;
      byte[] data = loop.received();
      buffer.flip().get(data, 0, count);
      if (between != null) {
        between.received(data, count);
      } else {
        Objects.requireNonNull(protocol).received(data, 0, count);
      }
    }
  }

  /** A client that is gone must not be waited for until its socket is read again. */
  @Override
  void probe() {
    trim();
    Objects.requireNonNull(protocol).trim();
    if (!paused || draining || readAhead || !channel.isOpen()) {
      return;
    }
    switch (loop.probe().probe(channel)) {
      case CONNECTED -> {
      }
      case FINISHED -> {
        if (slowReading() == null && Objects.requireNonNull(protocol).readsAhead()) {
          readAhead();
        }
      }
      case LOST -> close();
    }
  }

  /** Returns whether the client has ended its side or is lost, as far as the system knows. */
  boolean hasClientLeft() {
    return !channel.isOpen() || loop.probe().probe(channel) != PeerProbe.State.CONNECTED;
  }

  private void readAhead() {
    Protocol reader = Objects.requireNonNull(protocol);
    boolean kept = true;
    try {
      int count = 1;
      while (kept && count > 0) {
        ByteBuffer buffer = loop.receiving();
        count = channel.read(buffer);
        if (count > 0) {
          byte[] data = loop.received();
          buffer.flip().get(data, 0, count);
          kept = reader.receivedAhead(data, 0, count);
        }
      }
      readAhead = count < 0;
    } catch (IOException e) {
      kept = false;
    }
    if (!kept || (readAhead && !reader.endedAhead())) {
      close();
    }
  }

  @Override
  void sealing() {
    settings.leaving().enter(this, 1);
  }

  @Override
  void blocked() {
    SlowSocket between = slowed;
    if (between != null && between.isWriting()) {
      between.blocked();
    } else if (key().isValid()) {
      key().interestOpsOr(SelectionKey.OP_WRITE);
    }
  }

  @Override
  void lost() {
    close();
  }

  @Override
  void drained() {
    if (draining || !channel.isOpen()) {
      return;
    }
    SlowSocket between = slowed;
    drainsLater = between != null && between.isWriting() && between.isDelivering();
    if (drainsLater) {
      return;
    }
    draining = true;
    try {
      channel.shutdownOutput();
    } catch (IOException e) {
      close();
      return;
    }
    resume();
    lingersUntil = System.nanoTime() + LINGER_NANOS;
    loop.linger(this);
  }

  @Override
  boolean closeIfDue(long nanoTime) {
    if (nanoTime - lingersUntil >= 0) {
      close();
    }
    return !channel.isOpen();
  }

  /** Writes what it can at once, and closes unless the client has been sent all and is only waited for. */
  void finish() {
    SlowSocket between = slowed;
    if (between != null) {
      between.hurry();
      writable();
    }
    run();
    flush();
    if (drainsLater) {
      drained();
    }
    if (!draining) {
      close();
    }
  }

  /** Whether the socket is of a server, whose settings these are. */
  boolean isOf(SocketSettings server) {
    return settings.equals(server);
  }

  @Override
  void moved(SelectionKey next) {
    key = next;
  }

  @Override
  void loopEnded(Throwable why) {
    close();
  }

  @Override
  void drop() {
    loop.execute(this::close);
  }

  /** Closes the socket soon: its client reads too slowly. Any thread. */
  void dropSlow() {
    loop.execute(
        () -> {
          if (channel.isOpen()) {
            Objects.requireNonNull(protocol).tooSlow();
            close();
          }
        });
  }

  /** Closes the socket at once, and tells its protocol. */
  public void close() {
    if (!channel.isOpen()) {
      return;
    }
    discard();
    SlowSocket between = slowed;
    if (between != null) {
      between.close();
    }
    settings.leaving().leave(this);
    try {
      channel.close();
    } catch (IOException e) {
      settings.failures().accept(e);
    }
    Objects.requireNonNull(protocol).ended();
  }

  @Override
  void failed(Throwable failure) {
    settings.failures().accept(failure);
    close();
  }

  private SelectionKey key() {
    return Objects.requireNonNull(key);
  }

  /** This end of a slow network. */
  private final class NearEnd implements SlowSocket.Owner {
    @Override
    public void roomAgain() {
      writable();
    }

    @Override
    public boolean reads() {
      return !paused || draining;
    }

    @Override
    public void arrived(byte[] data) {
      if (!draining) {
        Objects.requireNonNull(protocol).received(data, 0, data.length);
      }
      SlowSocket between = slowed;
      if (!paused && between != null && between.hasRoom() && key().isValid()) {
        key().interestOpsOr(SelectionKey.OP_READ);
      }
    }

    @Override
    public void endArrived() {
      close();
    }

    @Override
    public void allDelivered() {
      if (drainsLater) {
        drained();
      }
    }

    @Override
    public void broken() {
      close();
    }
  }
}
