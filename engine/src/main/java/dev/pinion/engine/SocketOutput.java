package dev.pinion.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * What a connected socket is to write.
 *
 * <p>Any thread may send. Who writes is decided for each frame: the sending thread itself when nothing else waits and
 * the loop sleeps, so that no thread need be woken; otherwise the loop in its next turn, everything at once. Whoever
 * leaves a frame to be written hands the socket to its loop in the same step, so that nothing that was taken stays
 * unwritten. Writes never block.
 *
 * <pre>
 *            the sender writes            kernel's buffer full
 *     IDLE --------------------> WRITING ---------------------> BLOCKED
 *     ^ |                         ^   |                           |  with the selector
 *     | |  the loop is to write   |   |                           |
 *     | |-----> QUEUED -----------|   |                           |
 *     | |       loop's tasks   ^  |   |                           |
 *     | |                      '--+---+-------- writable again ---'
 *     | |  the sender writes later|   |
 *     | '-----> DEFERRED ---------'   |
 *     |         loop's late writes;   |
 *     |         flush, or 2 ms        |
 *     '-------- all written ----------'
 * </pre>
 *
 * <p>When it is sealed it takes no more; once all is written it is drained.
 */
abstract class SocketOutput extends Pollable implements Runnable {
  /** How long a frame may wait for {@link #flush}. */
  private static final long DEFERRED_NANOS = 2_000_000;

  /** The clock is read for one of so many frames that wait for {@link #flush}. */
  private static final int FRAMES_PER_LOOK = 8;
  /** Frames that wait for {@link #flush} and come at least so far apart are slow: the clock is read for each. */
  private static final long SLOW_NANOS = 500_000;

  private static final int ROUNDS = 4;
  /** The budget learns of changes of so many bytes. */
  private static final int BUDGET_STEP = 4096;

  private enum State {
    IDLE,
    QUEUED,
    DEFERRED,
    WRITING,
    BLOCKED
  }

  final SocketSettings settings;
  final EventLoop loop;
  final SocketChannel channel;
  private OutboundQueue out = OutboundQueue.NONE;
  private State state = State.IDLE;
  private boolean sealed;
  /** Whether the loop has this socket among its late writes. */
  private boolean late;
  private long deferredAt;
  private int deferred;
  private boolean slow;
  private int budgeted;
  /** Whether an error has ended its writing; whoever wrote has left it as it was. */
  private volatile boolean broken;
  private long frames;
  private long bytes;
  /** Stands between this and the client once somebody has slowed down the network. */
  @Nullable volatile SlowSocket slowed;

  SocketOutput(SocketSettings settings, EventLoop loop, SocketChannel channel) {
    this.settings = settings;
    this.loop = loop;
    this.channel = channel;
  }

  /** Takes bytes to be written. Any thread. */
  public Offer send(byte[] bytes, Writer writer) {
    return send(OutboundFrame.of(bytes), writer);
  }

  /** Takes a frame to be written. Any thread. */
  public Offer send(OutboundFrame frame, Writer writer) {
    ByteBuffer batch;
    synchronized (this) {
      if (sealed) {
        return Offer.CLOSED;
      }
      boolean leaves = writer == Writer.EITHER && loop.leavesWriting();
      if (writer.mayBeSender(leaves, isLittle(frame.length() + OutboundFrame.OBJECTS))) {
        WriteRoom.need();
      }
      if ((!out.isEmpty() && settings.budget().isExceeded()) || !taking().offer(frame)) {
        return Offer.FULL;
      }
      count(frame);
      budget();
      if (isLeft(writer)) {
        return Offer.TAKEN;
      }
      if (writer.isLoop(leaves, isLittle(0))) {
        queue();
        batch = null;
      } else {
        state = State.WRITING;
        batch = gather();
      }
    }
    if (batch != null) {
      write(batch, false);
    } else {
      loop.wake();
    }
    return Offer.TAKEN;
  }

  /** Leaves a frame that was taken to whoever writes already, or will; returns false if nobody does. Under the lock. */
  private boolean isLeft(Writer writer) {
    return switch (state) {
      case WRITING, BLOCKED -> true;
      case QUEUED -> writer != Writer.TURN || isLittle(0);
      case DEFERRED -> writer == Writer.LATER && isLittle(0) && !isDeferredLong();
      case IDLE -> {
        boolean defers = writer == Writer.LATER && isLittle(0);
        if (defers) defer();
        yield defers;
      }
    };
  }

  /** Whether all that waits, and so many bytes more, fit into one write and leave room for more. Under the lock. */
  private boolean isLittle(int more) {
    return out.memory() + more < Math.min(EventLoop.BUFFER, settings.bufferBytes() / 2);
  }

  /** Returns what is next, in a buffer that {@link #write} gives back. Under the lock. */
  private ByteBuffer gather() {
    return out.gather(loop.buffer().take(out.bytes()));
  }

  /**
   * Takes a last frame, whatever waits, and closes the socket once it is written, or when the client has not read it
   * within the request timeout. Any thread.
   */
  public void sendLast(OutboundFrame frame) {
    synchronized (this) {
      if (sealed) {
        return;
      }
      taking().add(frame);
      count(frame);
      sealed = true;
      sealing();
      if (state == State.IDLE || state == State.DEFERRED) {
        queue();
      }
    }
    loop.wake();
  }

  /**
   * Gives back the memory that an idle socket does not need. What a sender has broken off for want of stack or memory
   * is made good: frames that nobody writes are written, and a socket whose writing broke is lost. On the loop's
   * thread.
   */
  final void trim() {
    if (broken) {
      broken = false;
      lose();
    }
    if (out != OutboundQueue.NONE) {
      synchronized (this) {
        if (out.isEmpty()) {
          out = OutboundQueue.NONE;
        } else if (state == State.IDLE || state == State.DEFERRED) {
          queue();
        }
      }
    }
  }

  /** Returns what frames are added to. Under the lock. */
  private OutboundQueue taking() {
    if (out == OutboundQueue.NONE) {
      out = new OutboundQueue(settings.bufferBytes());
    }
    return out;
  }

  /** Under the lock. */
  private void count(OutboundFrame frame) {
    frames++;
    bytes += frame.length();
  }

  /** Counts from here. Any thread. */
  final void resetCounts() {
    synchronized (this) {
      frames = 0;
      bytes = 0;
    }
  }

  /** Returns how many frames were taken to be written. Any thread. */
  public long framesSent() {
    synchronized (this) {
      return frames;
    }
  }

  /** Returns how many bytes were taken to be written, with the frames' heads. Any thread. */
  public long bytesSent() {
    synchronized (this) {
      return bytes;
    }
  }

  /** Lets the loop write. Under the lock; the caller wakes the loop. */
  private void queue() {
    loop.add(this);
    state = State.QUEUED;
  }

  /** Lets the sender write, or the loop after a while. Under the lock. */
  private void defer() {
    state = State.DEFERRED;
    deferredAt = System.nanoTime();
    deferred = 0;
    slow = false;
    if (!late) {
      late = true;
      loop.writeLater(this);
    }
  }

  /** Whether the first deferred frame has waited for long, as far as the clock is read. Under the lock. */
  private boolean isDeferredLong() {
    deferred++;
    if (!slow && deferred > 1 && deferred % FRAMES_PER_LOOK != 0) {
      return false;
    }
    long waited = System.nanoTime() - deferredAt;
    slow = waited >= SLOW_NANOS * deferred;
    return waited >= DEFERRED_NANOS;
  }

  /** Tells the budget how much waits, if that has changed by much. Under the lock. */
  private void budget() {
    int memory = out.memory();
    if (Math.abs(memory - budgeted) >= BUDGET_STEP || (memory == 0 && budgeted > 0)) {
      budgeted = memory;
      settings.budget().keeps(this, memory);
    }
  }

  /** Writes what {@link Writer#LATER} left. Any thread; that which has left it sees the state without the lock. */
  public void flush() {
    if (state != State.DEFERRED) {
      return;
    }
    ByteBuffer batch;
    synchronized (this) {
      if (state != State.DEFERRED || out.isEmpty()) {
        return;
      }
      state = State.WRITING;
      batch = gather();
    }
    write(batch, false);
  }

  @Override
  boolean writeIfDue(long nanoTime) {
    ByteBuffer batch;
    synchronized (this) {
      if (state == State.DEFERRED && nanoTime - deferredAt < DEFERRED_NANOS) {
        return false;
      }
      late = false;
      if (state != State.DEFERRED || out.isEmpty()) {
        return true;
      }
      state = State.WRITING;
      batch = gather();
    }
    write(batch, true);
    return true;
  }

  /** Writes what is queued. */
  @Override
  public void run() {
    ByteBuffer batch;
    synchronized (this) {
      if (state != State.QUEUED || out.isEmpty()) {
        return;
      }
      state = State.WRITING;
      batch = gather();
    }
    write(batch, true);
  }

  /** Writes until nothing waits, the kernel takes no more, or others wait. Owns WRITING and the batch. */
  private void write(ByteBuffer batch, boolean onLoop) {
    boolean drained;
    try {
      drained = writeAll(batch);
    } catch (IOException e) {
      lose();
      return;
    } catch (Throwable e) {
      broken = true;
      throw e;
    } finally {
      loop.buffer().give(batch);
    }
    if (drained && onLoop) {
      drained();
    } else if (drained) {
      loop.execute(this::drained);
    }
  }

  /** Returns whether the last frame has been written. */
  private boolean writeAll(ByteBuffer batch) throws IOException {
    for (int round = 1;; round++) {
      int written = transmit(batch);
      synchronized (this) {
        out.written(written);
        budget();
        if (batch.hasRemaining()) {
          state = State.BLOCKED;
          loop.execute(this::blocked);
          return false;
        }
        if (out.isEmpty()) {
          state = State.IDLE;
          return sealed;
        }
        if (round == ROUNDS) {
          queue();
          loop.wake();
          return false;
        }
        out.gather(batch);
      }
    }
  }

  /** Returns how many bytes the kernel has taken, or the slow network in between. */
  private int transmit(ByteBuffer batch) throws IOException {
    SlowSocket between = slowed;
    return between == null ? channel.write(batch) : between.write(batch);
  }

  /** The socket broke while writing: what waits is dropped, and the loop closes the socket. Any thread. */
  private void lose() {
    synchronized (this) {
      sealed = true;
      out = OutboundQueue.NONE;
      budget();
      state = State.IDLE;
    }
    loop.execute(this::lost);
  }

  /** The selector says that the kernel takes more. */
  void writable() {
    synchronized (this) {
      if (state == State.BLOCKED) {
        state = State.QUEUED;
      }
    }
    run();
  }

  /** Drops what waits, and takes no more. Any thread. */
  void discard() {
    synchronized (this) {
      sealed = true;
      out = OutboundQueue.NONE;
      budget();
    }
  }

  /** A last frame has been taken. Under the lock, on any thread. */
  abstract void sealing();

  /** The last frame has been written. */
  abstract void drained();

  /** The kernel takes no more; {@link #writable} says when it does. */
  abstract void blocked();

  /** The socket broke while writing. */
  abstract void lost();
}
