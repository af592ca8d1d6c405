package dev.pinion.gateway;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One connected socket: reads for its {@link Protocol}, and writes what it is given.
 *
 * <p>Any thread may send. Who writes is decided per frame: the sending thread itself when nothing else waits and the
 * loop sleeps, so that no thread need be woken; otherwise the loop in its next turn, everything at once. Writes never
 * block. All other methods are the event loop's.
 *
 * <pre>
 *         the sender writes           kernel's buffer full
 *   IDLE -------------------> WRITING --------------------> BLOCKED
 *    | ^                       ^   |                           |
 *    | `-----------------------+---' all written               |
 *    | the loop is to write    |                               |
 *    `-------> QUEUED ---------+-------------------------------'
 *                   the loop's turn         writable again
 *
 *   sealed: takes no more; once all is written the output is shut down, and what still
 *           arrives is dropped until the client closes or the time to linger is over
 * </pre>
 */
final class Wire implements Pollable, Runnable {
  /** How long a shut down socket waits for the client to close. */
  static final long LINGER_NANOS = 2_000_000_000;

  private static final int ROUNDS = 4;

  /** What became of a frame. */
  enum Offer {
    TAKEN,
    /** Taken, and the caller must run the wire on its loop. */
    TO_FLUSH,
    FULL,
    CLOSED
  }

  /** Who writes a frame. */
  enum Writer {
    /** The thread that sends. */
    SENDER,
    /** The loop, or the sender while the loop sleeps. */
    EITHER,
    /** The loop, whom the sender tells. */
    LOOP,
    /** Whoever flushes later; see {@link #flush}. */
    LATER
  }

  private enum State {
    IDLE,
    QUEUED,
    WRITING,
    BLOCKED
  }

  private final Hub hub;
  private final EventLoop loop;
  private final SocketChannel channel;
  private final Outbound out;
  private State state = State.IDLE;
  private boolean sealed;

  private @Nullable SelectionKey key;
  private Protocol protocol;
  private boolean paused;
  private boolean draining;
  private long lingersUntil;

  Wire(Hub hub, EventLoop loop, SocketChannel channel) {
    this.hub = hub;
    this.loop = loop;
    this.channel = channel;
    out = new Outbound(hub.profile().bufferBytes);
    protocol = new HttpSession(hub, this);
  }

  EventLoop loop() {
    return loop;
  }

  Hub hub() {
    return hub;
  }

  /** The client's address. */
  String address() throws IOException {
    return channel.getRemoteAddress() instanceof java.net.InetSocketAddress address
        ? address.getAddress().getHostAddress()
        : "";
  }

  /** Begins to read. Any thread. */
  void register() {
    loop.execute(
        () -> {
          try {
            key = channel.register(loop.selector(), SelectionKey.OP_READ, this);
            ((HttpSession) protocol).begin();
          } catch (ClosedChannelException e) {
            failed(e);
          }
        });
  }

  /** Hands the socket to another protocol. */
  void protocol(Protocol next) {
    protocol = next;
  }

  /** Reads no more until {@link #resume}. */
  void pause() {
    paused = true;
  }

  /** Reads again. */
  void resume() {
    paused = false;
    SelectionKey own = key();
    if (own.isValid()) {
      own.interestOpsOr(SelectionKey.OP_READ);
    }
  }

  /** Takes a frame to be written. Any thread. */
  Offer send(byte[] frame, Writer writer) {
    ByteBuffer batch;
    synchronized (out) {
      if (sealed) {
        return Offer.CLOSED;
      }
      if (!out.offer(frame)) {
        return Offer.FULL;
      }
      if (state != State.IDLE || (writer == Writer.LATER && out.bytes() < EventLoop.BUFFER)) {
        return Offer.TAKEN;
      }
      if (writer == Writer.LOOP || (writer == Writer.EITHER && !loop.asleep())) {
        state = State.QUEUED;
        return Offer.TO_FLUSH;
      }
      state = State.WRITING;
      batch = out.gather(EventLoop.BUFFER);
    }
    write(batch, false);
    return Offer.TAKEN;
  }

  /**
   * Takes a last frame, whatever waits, and closes the socket once it is written, or when the client has not read it
   * for the profile's request timeout. Any thread.
   */
  void sendLast(byte[] frame) {
    synchronized (out) {
      if (sealed) {
        return;
      }
      out.add(frame);
      sealed = true;
      hub.exit().enter(this, hub.now() + hub.profile().requestTimeout.toMillis());
      if (state != State.IDLE) {
        return;
      }
      state = State.QUEUED;
    }
    loop.execute(this);
  }

  /** Writes what {@link Writer#LATER} left. Any thread. */
  void flush() {
    ByteBuffer batch;
    synchronized (out) {
      if (state != State.IDLE || out.isEmpty()) {
        return;
      }
      state = State.WRITING;
      batch = out.gather(EventLoop.BUFFER);
    }
    write(batch, false);
  }

  /** Whether something waits for {@link #flush}. Any thread. */
  boolean unflushed() {
    synchronized (out) {
      return state == State.IDLE && !out.isEmpty();
    }
  }

  /** The loop's turn to write. */
  @Override
  public void run() {
    ByteBuffer batch;
    synchronized (out) {
      if (state != State.QUEUED || out.isEmpty()) {
        return;
      }
      state = State.WRITING;
      batch = out.gather(loop.sending());
    }
    write(batch, true);
  }

  /** Writes until nothing waits, the kernel takes no more, or others should have their turn. Owns WRITING. */
  private void write(ByteBuffer first, boolean onLoop) {
    ByteBuffer batch = first;
    for (int round = 1;; round++) {
      int written;
      try {
        written = channel.write(batch);
      } catch (IOException e) {
        lose();
        return;
      }
      synchronized (out) {
        out.written(written);
        if (batch.hasRemaining()) {
          state = State.BLOCKED;
          loop.execute(this::awaitWritable);
          return;
        }
        if (out.isEmpty()) {
          state = State.IDLE;
          break;
        }
        if (round == ROUNDS) {
          state = State.QUEUED;
          loop.execute(this);
          return;
        }
        batch = onLoop ? out.gather(loop.sending()) : out.gather(EventLoop.BUFFER);
      }
    }
    written(onLoop);
  }

  private void written(boolean onLoop) {
    synchronized (out) {
      if (!sealed || state != State.IDLE) {
        return;
      }
    }
    if (onLoop) {
      drain();
    } else {
      loop.execute(this::drain);
    }
  }

  private void awaitWritable() {
    if (key().isValid()) {
      key().interestOpsOr(SelectionKey.OP_WRITE);
    }
  }

  /** The socket broke while writing: what waits is dropped, and the loop is told. Any thread. */
  private void lose() {
    synchronized (out) {
      sealed = true;
      out.clear();
      state = State.IDLE;
    }
    loop.execute(this::end);
  }

  @Override
  public void ready() throws IOException {
    SelectionKey own = key();
    if (own.isReadable()) {
      read(own);
    }
    if (own.isValid() && own.isWritable()) {
      own.interestOpsAnd(~SelectionKey.OP_WRITE);
      synchronized (out) {
        if (state == State.BLOCKED) {
          state = State.QUEUED;
        }
      }
      run();
    }
  }

  private void read(SelectionKey own) {
    if (paused && !draining) {
      own.interestOpsAnd(~SelectionKey.OP_READ);
      return;
    }
    ByteBuffer buffer = loop.receiving();
    int count;
    try {
      count = channel.read(buffer);
    } catch (IOException e) {
      end();
      return;
    }
    if (count < 0) {
      end();
    } else if (!draining) {
      byte[] data = loop.received();
      buffer.flip().get(data, 0, count);
      protocol.received(data, 0, count);
    }
  }

  private void drain() {
    if (draining || !channel.isOpen()) {
      return;
    }
    draining = true;
    try {
      channel.shutdownOutput();
    } catch (IOException e) {
      end();
      return;
    }
    resume();
    lingersUntil = System.nanoTime() + LINGER_NANOS;
    loop.linger(this);
  }

  /** Whether the time to linger is over, or the client has closed. */
  boolean lingered(long now) {
    return now - lingersUntil >= 0 || !channel.isOpen();
  }

  /** Whether all is written and the client is only waited for. */
  boolean isDraining() {
    return draining;
  }

  /** The client is gone, or is to be. */
  private void end() {
    if (!channel.isOpen()) {
      return;
    }
    close();
    protocol.ended();
  }

  /** Closes the socket at once; its protocol is not told. */
  void close() {
    synchronized (out) {
      sealed = true;
      out.clear();
    }
    hub.exit().leave(this);
    try {
      channel.close();
    } catch (IOException e) {
      hub.listener().broke(e);
    }
  }

  @Override
  public void failed(Throwable failure) {
    hub.listener().broke(failure);
    end();
  }

  private SelectionKey key() {
    return Objects.requireNonNull(key);
  }
}
