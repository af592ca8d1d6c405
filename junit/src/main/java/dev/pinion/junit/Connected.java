package dev.pinion.junit;

import dev.pinion.junit.Wire.Frame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.UTF_8;

/** One open connection of a client: a thread that reads, and what has arrived. Any thread. */
final class Connected {
  private static final int NO_STATUS = 1005;
  private static final int LOST = 1006;

  private final Wire wire;
  private final String name;
  private final Transcript transcript;
  private final LinkedBlockingDeque<Received> inbox = new LinkedBlockingDeque<>();
  private final Queue<CompletableFuture<Boolean>> pings = new ConcurrentLinkedQueue<>();
  private final ReentrantLock reading = new ReentrantLock();
  private final Condition resumed = reading.newCondition();
  private boolean stalled;
  private volatile boolean sent;
  private volatile boolean over;
  private volatile boolean abandoned;

  /** What has arrived. */
  sealed interface Received {}

  /** A text message. */
  record Text(String text) implements Received {
    @Override
    public String toString() {
      return '"' + Transcript.shown(text) + '"';
    }
  }

  /** A binary message. */
  record Binary(int bytes) implements Received {
    @Override
    public String toString() {
      return "a binary message of " + bytes + " bytes";
    }
  }

  /** The end, after which nothing arrives. */
  record End(Closed how) implements Received {
    @Override
    public String toString() {
      return "the end of the connection: " + how;
    }
  }

  Connected(Wire wire, String name, Transcript transcript) {
    this.wire = wire;
    this.name = name;
    this.transcript = transcript;
  }

  /** Begins to read. */
  void start() {
    Thread.ofVirtual().name(name).start(this::read);
  }

  private void read() {
    Closed how;
    try {
      how = readToTheEnd();
    } catch (IOException lost) {
      how = new Closed(LOST, "");
    }
    end(how);
  }

  private Closed readToTheEnd() throws IOException {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    int kind = 0;
    Frame frame = next();
    while (frame.opcode != Wire.CLOSE) {
      switch (frame.opcode) {
        case Wire.PING -> wire.send(true, Wire.PONG, frame.payload);
        case Wire.PONG -> ponged();
        default -> {
          kind = frame.opcode == 0 ? kind : frame.opcode;
          message.write(frame.payload);
          if (frame.last) {
            received(kind, message.toByteArray());
            message.reset();
          }
        }
      }
      frame = next();
    }
    return closed(frame.payload);
  }

  private static Closed closed(byte[] payload) {
    if (payload.length < 2) return new Closed(NO_STATUS, "");
    int code = ((payload[0] & 0xFF) << 8) | (payload[1] & 0xFF);
    return new Closed(code, new String(payload, 2, payload.length - 2, UTF_8));
  }

  private Frame next() throws IOException {
    Frame frame = wire.read();
    reading.lock();
    try {
      while (stalled) resumed.awaitUninterruptibly();
    } finally {
      reading.unlock();
    }
    return frame;
  }

  private void received(int kind, byte[] bytes) {
    Received message = kind == Wire.TEXT ? new Text(new String(bytes, UTF_8)) : new Binary(bytes.length);
    transcript.add(name, "<- " + message);
    inbox.add(message);
  }

  private void ponged() {
    CompletableFuture<Boolean> oldest = pings.poll();
    if (oldest != null) oldest.complete(true);
  }

  private void end(Closed how) {
    if (!abandoned) transcript.add(name, "closed: " + how);
    over = true;
    inbox.add(new End(how));
    for (var ping = pings.poll(); ping != null; ping = pings.poll()) ping.complete(false);
    try {
      if (how.code() != LOST) wire.send(true, Wire.CLOSE, payload(how.code(), ""));
      wire.close();
    } catch (IOException _) {
      // the server was faster
    }
  }

  /** Sends a message, in frames. */
  void send(int opcode, byte[]... parts) {
    sent = true;
    try {
      for (int i = 0; i < parts.length; i++) wire.send(i == parts.length - 1, i == 0 ? opcode : 0, parts[i]);
    } catch (IOException lost) {
      // The end of the connection is what the client receives.
      transcript.add(name, "could not send: " + lost.getMessage());
    }
  }

  /** Begins the closing handshake. */
  void close(int code, String reason) {
    send(Wire.CLOSE, payload(code, reason));
  }

  private static byte[] payload(int code, String reason) {
    if (code == NO_STATUS) return new byte[0];
    byte[] text = reason.getBytes(UTF_8);
    byte[] payload = new byte[2 + text.length];
    payload[0] = (byte) (code >>> 8);
    payload[1] = (byte) code;
    System.arraycopy(text, 0, payload, 2, text.length);
    return payload;
  }

  /** Returns what arrives next, null if nothing does in time. The end stays. */
  @Nullable
  Received poll(Duration limit) throws InterruptedException {
    Received next = inbox.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
    if (next instanceof End) inbox.addFirst(next);
    return next;
  }

  /** Returns what has arrived and was not expected yet. */
  java.util.List<Received> unread() {
    return java.util.List.copyOf(inbox);
  }

  boolean isOver() {
    return over;
  }

  /** Returns whether the client has sent something since the server was last known to have read all. */
  boolean hasSent() {
    return sent && !over;
  }

  /**
   * Waits until the server has read all, and the client what the server had sent by then. Returns whether it has.
   *
   * <p>The server may answer a ping before it passes on what it has read together with it. So the second answer counts.
   */
  boolean fence(Duration most) {
    sent = false;
    boolean first = ping(most);
    return first && ping(most);
  }

  private boolean ping(Duration most) {
    if (over || isStalled()) return false;
    CompletableFuture<Boolean> answer = new CompletableFuture<>();
    try {
      synchronized (pings) {
        pings.add(answer);
        wire.send(true, Wire.PING, new byte[0]);
      }
      return answer.get(most.toNanos(), TimeUnit.NANOSECONDS);
    } catch (IOException | ExecutionException | TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private boolean isStalled() {
    reading.lock();
    try {
      return stalled;
    } finally {
      reading.unlock();
    }
  }

  void stalled(boolean stop) {
    reading.lock();
    try {
      stalled = stop;
      resumed.signalAll();
    } finally {
      reading.unlock();
    }
  }

  void reset() {
    try {
      wire.reset();
    } catch (IOException _) {
      // it has ended already
    }
    stalled(false);
  }

  /** Ends without a word: the test is over. */
  void abandon() {
    abandoned = true;
    reset();
  }

  String name() {
    return name;
  }

  Wire wire() {
    return wire;
  }
}
