package dev.pinion.junit;

import dev.pinion.sim.Faults;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** The clients of one test, and what they share. Any thread. */
final class Clients {
  private final Transcript transcript = new Transcript();
  private final LogCapture log = new LogCapture();
  private final List<Connected> all = new CopyOnWriteArrayList<>();
  private final AtomicInteger unnamed = new AtomicInteger();
  private final Faults faults;
  private final Failures failures;
  private final Duration limit;

  Clients(Duration limit, long seed) {
    this.limit = limit;
    faults = new Faults(seed);
    failures = new Failures(transcript, log, faults);
  }

  Faults faults() {
    return faults;
  }

  Transcript transcript() {
    return transcript;
  }

  LogCapture log() {
    return log;
  }

  Failures failures() {
    return failures;
  }

  /** Returns how long expectations wait. */
  Duration limit() {
    return limit;
  }

  String name(ClientHandshake handshake) {
    return handshake.name().isEmpty() ? "client " + unnamed.incrementAndGet() : handshake.name();
  }

  void add(Connected client) {
    all.add(client);
  }

  /** Waits until the server has read what the clients have sent. */
  void fence(Duration most) {
    all.stream().filter(Connected::hasSent).forEach(each -> each.fence(most));
  }

  void close() {
    all.forEach(Connected::abandon);
  }
}
