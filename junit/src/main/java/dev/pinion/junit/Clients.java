package dev.pinion.junit;

import dev.pinion.sim.Faults;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

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

  /** Returns the name of the client with a connection id, as a handshake's key leads to it; the id if there is none. */
  String nameOf(String connectionId, UnaryOperator<String> idOfKey) {
    return all.stream().filter(each -> connectionId.equals(idOfKey.apply(each.wire().key()))).findFirst()
        .map(Connected::name).orElse("connection " + connectionId);
  }

  /** Waits until the server has read what the clients have sent. */
  void fence(Duration most) {
    all.stream().filter(Connected::hasSent).forEach(each -> each.fence(most));
  }

  void close() {
    all.forEach(Connected::abandon);
  }
}
