package dev.pinion.engine;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The WebSocket that a socket speaks after its upgrade (RFC 6455): decodes frames for its {@link FrameSink}, and
 * stops reading while the sink is not ready.
 *
 * <pre>
 *            the sink is not ready
 *   READING ----------------------> HOLDING the undecoded rest; the socket is paused
 *      ^ |                              |
 *      | '--violation or close frame--> nothing more   |
 *      '------------resume--------------'
 * </pre>
 *
 * <p>A client that leaves while the socket is paused is lost at once, unless its last frame is a close frame: then all
 * that it has sent before is handled.
 *
 * <p>All methods are the event loop's.
 */
public final class WebSocketSession implements Protocol, InputKeeper {
  private static final byte[] NOTHING = {};
  /** So much of a client that has left is kept until it is decoded; one that has sent more is lost. */
  private static final int MOST_AHEAD = 256 * 1024;

  private final ClientSocket socket;
  private final FrameSink sink;
  private FrameLimits limits;
  /** Null while the client is idle. */
  private @Nullable FrameDecoder decoder;
  private byte[] held = NOTHING;
  private int reported;
  private boolean over;

  /** Makes the session of a socket that is about to be upgraded. */
  public WebSocketSession(ClientSocket socket, FrameLimits limits, FrameSink sink) {
    this.socket = socket;
    this.sink = sink;
    this.limits = limits;
  }

  /** Changes which frames are allowed, from the next one on. */
  public void limits(FrameLimits limits) {
    this.limits = limits;
    if (decoder != null) {
      decoder.limits(limits);
    }
  }

  @Override
  public void begin() {
    sink.opened();
  }

  @Override
  public void received(byte[] data, int from, int to) {
    decode(data, from, to);
    report();
  }

  private FrameDecoder decoder() {
    FrameDecoder present = decoder;
    if (present == null) {
      present = new FrameDecoder(limits);
      decoder = present;
    }
    return present;
  }

  @Override
  public void trim() {
    if (decoder != null && decoder.isEmpty()) {
      decoder = null;
    }
  }

  private void decode(byte[] data, int from, int to) {
    FrameDecoder present = decoder();
    int at = from;
    while (!over && sink.decoding()) {
      try {
        at = present.decode(data, at, to, sink);
      } catch (ProtocolException e) {
        drop();
        sink.decoded();
        sink.violated(e);
        return;
      }
      if (!sink.decoded()) {
        held = Arrays.copyOfRange(data, at, to);
        socket.pause();
        return;
      }
      over |= present.isClosed();
      if (at == to) {
        return;
      }
    }
  }

  /** Goes on where the sink was not ready. */
  public void resume() {
    byte[] data = held;
    held = NOTHING;
    socket.resume();
    received(data, 0, data.length);
  }

  private void report() {
    int memory = over ? 0 : held.length + (decoder == null ? 0 : decoder.memory());
    if (InputBudget.isDue(reported, memory)) {
      reported = memory;
      socket.inputBudget().keeps(this, memory);
    }
  }

  /** Drops what is not yet decoded: nothing more is decoded. */
  public void drop() {
    over = true;
    held = NOTHING;
    decoder = null;
    report();
  }

  @Override
  public void overBudget() {
    socket.execute(sink::overBudget);
  }

  @Override
  public boolean readsAhead() {
    return true;
  }

  @Override
  public boolean receivedAhead(byte[] data, int from, int to) {
    int before = held.length;
    if (before + to - from > MOST_AHEAD) {
      return false;
    }
    held = Arrays.copyOf(held, before + to - from);
    System.arraycopy(data, from, held, before, to - from);
    report();
    return true;
  }

  @Override
  public boolean endedAhead() {
    return FrameDecoder.endsWithClose(held);
  }

  @Override
  public void tooSlow() {
    sink.tooSlow();
  }

  @Override
  public void ended() {
    drop();
    sink.ended();
  }
}
