package dev.pinion.sim;

import dev.pinion.gateway.GatewayFrame;
import dev.pinion.spi.JsonCodec;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Whether somebody looks at what the app does. While nobody does there is no recorder, which costs one look at a field
 * for each message, send and operation. Polling starts a recorder; it goes once nobody has polled for a while.
 *
 * <p>Any thread.
 */
final class Recording {
  /** Hidden tabs of browsers may poll once a minute. */
  static final long LEASE_NANOS = TimeUnit.SECONDS.toNanos(90);
  private static final int EVENTS_PER_POLL = 500;
  private static final int NOTE_CHARACTERS = 4_000;

  private volatile ShownTexts texts;
  private final JsonCodec json;
  private final LongSupplier nanos;
  private final String run;
  private volatile @Nullable Recorder recorder;
  private volatile long polledAt;
  private long next = 1;

  /**
   * A line of the log.
   *
   * @param tone {@code error}, {@code warning} or {@code event}
   */
  record Note(long n, String kind, long at, String tone, ShownTexts.Shown text) {}

  /**
   * What a poll gives.
   *
   * @param run the run of the app, whose numbers these are
   * @param next the number to ask for next
   * @param dropped how many events with smaller numbers are gone, since the poll before
   * @param more whether there are more events already
   */
  record Polled(String run, long next, long dropped, boolean more, List<Object> events) {}

  /** @param nanos the time, as {@link System#nanoTime} has it */
  Recording(JsonCodec json, LongSupplier nanos) {
    this.json = json;
    this.nanos = nanos;
    texts = new ShownTexts(Map.of(), json);
    run = Long.toHexString(ThreadLocalRandom.current().nextLong());
  }

  /** Replaces the values of a program's secrets from now on, by their ids, beside those of the programs before. */
  synchronized void secrets(Map<String, String> values) {
    texts = texts.and(new ShownTexts(values, json));
  }

  ShownTexts texts() {
    return texts;
  }

  JsonCodec json() {
    return json;
  }

  /** Returns what takes events; null while nobody looks. */
  @Nullable
  Recorder recorder() {
    Recorder current = recorder;
    if (current != null && nanos.getAsLong() - polledAt > LEASE_NANOS) {
      end(current);
      return null;
    }
    return current;
  }

  /** Returns the request whose handler the current thread works for; null if there is none, or nobody looks. */
  @Nullable
  RequestTrace trace() {
    return recorder == null ? null : RequestTrace.current();
  }

  private synchronized void end(Recorder ended) {
    if (recorder == ended) {
      next = ended.next();
      recorder = null;
    }
  }

  private synchronized Recorder begin() {
    polledAt = nanos.getAsLong();
    Recorder current = recorder;
    if (current == null) {
      current = new Recorder(next);
      recorder = current;
    }
    return current;
  }

  /**
   * Returns the events from a number on, and waits for one if there are none yet.
   *
   * @param millis how long to wait at most
   */
  Polled poll(long from, long millis) throws InterruptedException {
    Recorder current = begin();
    Recorder.Events events = current.from(from, EVENTS_PER_POLL, millis);
    polledAt = nanos.getAsLong();
    return new Polled(run, events.next(), events.dropped(), events.more(), events.events());
  }

  /** Takes a line of the log: into the request that the current thread works for, or as an event of its own. */
  void note(String tone, String line) {
    Recorder current = recorder();
    if (current == null) return;
    RequestTrace trace = trace();
    if (trace != null) {
      byte[] data = (line + "\n").getBytes(UTF_8);
      trace.printed(data, 0, data.length);
      return;
    }
    ShownTexts.Shown text = texts.of(line, NOTE_CHARACTERS);
    long at = System.currentTimeMillis();
    current.add(n -> new Note(n, "note", at, tone, text), 100 + text.text().length(), Optional.empty());
  }

  /** Takes a frame of the gateway itself. */
  void frame(String connectionId, GatewayFrame frame) {
    Recorder current = recorder();
    if (current == null) return;
    current.frame(
        connectionId,
        new Recorder.Frame(
            System.currentTimeMillis(), frame.sent() ? "sent" : "received",
            frame.kind().name().toLowerCase(Locale.ROOT),
            texts.of(frame.text(), Recorder.FRAME_CHARACTERS)));
  }

  /** Ends all polls, as the app ends. */
  void close() {
    Recorder current = recorder;
    if (current != null) current.close();
  }

  /** Returns the event with a number, if it is still kept. */
  Optional<Recorder.Kept> kept(long number) {
    Recorder current = recorder;
    return current == null ? Optional.empty() : current.kept(number);
  }
}
