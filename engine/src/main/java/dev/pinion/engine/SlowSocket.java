package dev.pinion.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * A slow network between a socket and its client, for one that wants to see what happens then. To the socket it is a
 * client that reads and sends slowly: what does not fit waits in the socket's own queue, with its limits.
 *
 * <p>It looks once a millisecond what has arrived, while something is on its way. Methods are the event loop's unless
 * they say otherwise.
 */
final class SlowSocket {
  private final Owner owner;
  private final EventLoop loop;
  private final SocketChannel channel;
  private final SlowLink out = new SlowLink();
  private final SlowLink in = new SlowLink();
  /** Whether the socket waits for room. Guarded by {@code out}. */
  private boolean blocked;
  /** Whether a check is on, or about to be. Guarded by {@code out}. */
  private boolean checking;
  private boolean ended;
  private boolean closed;

  /** The socket. */
  interface Owner {
    /** There is room for more. */
    void roomAgain();

    /** Returns whether bytes that have arrived are read now. */
    boolean reads();

    /** Takes bytes that have arrived. */
    void arrived(byte[] data);

    /** The client has ended, after all that it has sent. */
    void endArrived();

    /** All has reached the client. */
    void allDelivered();

    /** The socket broke. */
    void broken();
  }

  SlowSocket(Owner owner, EventLoop loop, SocketChannel channel) {
    this.owner = owner;
    this.loop = loop;
    this.channel = channel;
  }

  /** Any thread. */
  void network(Network network) {
    out.network(network);
    in.network(network);
  }

  /** Any thread. */
  Network network() {
    return out.network();
  }

  /** Writes to the network, as a channel does: as much as there is room for. Any thread, one at a time. */
  int write(ByteBuffer batch) throws IOException {
    synchronized (out) {
      if (out.isIdle()) return channel.write(batch);
      int count = out.take(batch);
      check();
      return count;
    }
  }

  /** The socket has more than there is room for. */
  void blocked() {
    synchronized (out) {
      blocked = true;
      check();
    }
  }

  /** Returns whether something is still on its way to the client. Any thread. */
  boolean isDelivering() {
    return !out.isEmpty();
  }

  /** Returns whether what is written passes through the slow network. Any thread. */
  boolean isWriting() {
    return !out.isIdle();
  }

  /** Returns whether something is on its way from the client, or what it sends is held up. */
  boolean isReading() {
    return !in.isIdle();
  }

  /** Takes bytes that the client has sent, no more than there is {@link #room} for. */
  void received(byte[] data, int count) {
    in.take(ByteBuffer.wrap(data, 0, count));
    synchronized (out) {
      check();
    }
  }

  /** Returns whether a whole buffer of the client's bytes fits. */
  boolean hasRoom() {
    return in.room() >= EventLoop.BUFFER / 2;
  }

  /** Returns how many of the client's bytes it takes now. */
  int room() {
    return (int) Math.min(in.room(), EventLoop.BUFFER);
  }

  /** The client has ended. */
  void receivedEnd() {
    ended = true;
    synchronized (out) {
      check();
    }
  }

  /** Lets everything arrive at once. */
  void hurry() {
    out.hurry();
    deliver();
  }

  void close() {
    closed = true;
    out.clear();
    in.clear();
  }

  /** Starts to look, if nobody does. Under the lock, any thread. */
  private void check() {
    if (checking) return;
    checking = true;
    loop.execute(() -> loop.check(this::look));
  }

  /** What a look finds is done in the loop's next tasks: it may begin another check. */
  private boolean look() {
    deliver();
    boolean more;
    synchronized (out) {
      if (blocked && out.room() > 0) {
        blocked = false;
        loop.execute(owner::roomAgain);
      }
      more = !closed && (blocked || !out.isEmpty() || !in.isEmpty() || ended);
      checking = more;
    }
    if (!in.isEmpty() || ended) loop.execute(this::read);
    return more;
  }

  private void deliver() {
    if (closed || out.isEmpty()) return;
    try {
      out.deliver(channel);
    } catch (IOException e) {
      loop.execute(owner::broken);
      return;
    }
    if (out.isEmpty()) loop.execute(owner::allDelivered);
  }

  private void read() {
    while (!closed && owner.reads()) {
      @Nullable ByteBuffer data = in.arrived();
      if (data == null) {
        if (ended && in.isEmpty()) {
          ended = false;
          owner.endArrived();
        }
        return;
      }
      byte[] bytes = new byte[data.remaining()];
      data.get(bytes);
      owner.arrived(bytes);
    }
  }
}
